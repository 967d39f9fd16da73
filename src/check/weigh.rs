//! How prose and tables weigh one thing against others.

use super::blank::is_delimiter;
use super::topic::speaks;
use crate::text::{lines, words};

/// Words that open the headings of alternatives, of which there are several.
const OPTIONS: &[&str] = &["option", "alternative", "approach"];

/// Words that open a heading or a label of what speaks for a decision, and of what speaks against it.
pub(super) const FOR: &[&str] = &["advantages", "benefits", "positives", "pros", "upsides"];
pub(super) const AGAINST: &[&str] = &["cons", "costs", "disadvantages", "downsides", "drawbacks", "negatives", "risks"];

/// How prose speaks of what was not chosen, in lower case.
const WEIGHS: &[&str] = &[
    "although it would be possible",
    "an alternative approach",
    "another alternative",
    "another option",
    "another way would be",
    "as an alternative",
    "can not be used because",
    "cannot be used because",
    "could instead have",
    "could not be used because",
    "decided against",
    "it would also be possible",
    "it would have been possible",
    "is not an option",
    "not chosen because",
    "one alternative",
    "options we considered",
    "ruled out",
    "the alternative is",
    "the alternative to",
    "the alternative was",
    "the other alternative",
    "the other option",
    "was also considered",
    "was considered but",
    "was considered, but",
    "was preferred over",
    "was not an option",
    "was rejected because",
    "we also considered",
    "we also looked at",
    "we compared",
    "we considered",
    "we could also have",
    "we could have",
    "we evaluated",
    "we looked at",
    "we rejected",
    "we weighed",
    "were also considered",
    "were compared",
    "were considered",
    "were evaluated",
    "while it would be possible",
    "would not work because",
];

/// How prose sets one thing against another, where it speaks of a choice as well.
const COMPARES: &[&str] =
    &["as opposed to", "compared to", "compared with", "in comparison to", "in comparison with", "versus", "vs "];
const CHOOSES: &[&str] = &["chose ", "chosen", "picked ", "selected", "selection", "settled on"];

/// How prose turns another way down by what it would lead to, where it says as well what it is not.
const PREFERS: &[&str] = &["instead of", "rather than"];
const SPURNS: &[&str] = &[
    "would disallow",
    "would force",
    "would make it harder",
    "would make it impossible",
    "would not allow",
    "would prevent",
    "would rule out",
];

/// Words for things of which one is chosen, and words that are used of other things as well.
const CHOICES: &[&str] = &["alternatives", "approaches", "candidates", "options", "possibilities"];
const WAYS: &[&str] = &["choices", "methods", "patterns", "solutions", "strategies", "tools", "ways"];

/// Words that count them.
const COUNTS: &[&str] =
    &["2", "3", "4", "5", "two", "three", "four", "five", "several", "multiple", "various", "different", "possible"];

/// Whether prose speaks of what was not chosen, or a table compares.
pub(super) fn weighs(text: &str) -> bool {
    let text = text.to_lowercase();
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| speaks(&text, phrase));
    has(WEIGHS)
        || (has(COMPARES) && has(CHOOSES))
        || (has(PREFERS) && has(SPURNS))
        || lines(&text).any(|line| counts_options(line) || asks_which(line))
        || compares(&text)
}

/// Whether a line in lower case says how many there are to choose from: `there are two good options`.
fn counts_options(line: &str) -> bool {
    if !CHOICES.iter().chain(WAYS).any(|word| line.contains(word)) {
        return false;
    }
    let words: Vec<String> = words(line).collect();
    let is_count = |word: &String| COUNTS.contains(&word.as_str());
    // Ways and tools are counted for their own sake, too.
    let opens = |word: &String| word == "there" || word == "considered" || word == "compared" || word == "evaluated";
    let are_weighed = words.iter().any(opens);
    let is_choice = |word: &str| CHOICES.contains(&word) || (are_weighed && WAYS.contains(&word));
    let places = words.iter().enumerate().filter(|(_, word)| is_choice(word)).map(|(at, _)| at);
    places.into_iter().any(|at| words.get(at.saturating_sub(2)..at).into_iter().flatten().any(is_count))
}

/// Whether a line in lower case asks which of two it shall be: `whether to keep the bus or move to a queue`.
fn asks_which(line: &str) -> bool {
    let after = line.split_once("whether to ").or_else(|| line.split_once("whether we ")).map(|(_, after)| after);
    after.is_some_and(|after| after.contains(" or ") && !after.starts_with("or "))
}

/// Whether a table in lower case has a column of options, or of what speaks for and against them.
fn compares(text: &str) -> bool {
    let mut before = "";
    for line in lines(text).map(str::trim) {
        let has = |known: &[&str]| before.split('|').any(|cell| words(cell).any(|word| known.contains(&word.as_str())));
        if is_delimiter(line) && before.contains('|') && ((has(FOR) && has(AGAINST)) || has(OPTIONS)) {
            return true;
        }
        before = line;
    }
    false
}

/// `Option 1`, `Alternative B: a bus`, `Approach 2 - a queue`.
pub(super) fn is_option(title: &str) -> bool {
    let mut words = words(title);
    let is_kind = words.next().is_some_and(|word| OPTIONS.contains(&word.as_str()));
    is_kind && words.next().is_some_and(|mark| mark.len() == 1 || mark.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_process_weighs_in_many_words() {
        for body in [
            "There are two methods of sending mail, by a queue and by a job at night.",
            "There are several possible ways to send mail at night.",
            "We have to decide whether to keep the relay or move to a queue.",
            "Although it would be possible to poll the table, each poll locks it.",
            "We looked at a relay and at a hosted service.",
            "The relay, as opposed to a queue, loses mail, and was not chosen.",
            "We settled on a queue; versus a relay, it loses no mail.",
            "Each team has a queue rather than a share of one. One queue would force all to one pace.",
            "A cron job cannot be used because nobody sees it fail.",
            "| Option | Cost |\n|---|---|\n| Relay | 2 |",
            "| What | Pros | Cons |\n| --- | --- | --- |\n| Relay | old | slow |",
        ] {
            assert!(weighs(body), "{body}");
        }
        for body in [
            "There are two queues, and three workers for each.",
            "The gateway sends mail in several different ways.",
            "We want to send mail rather than letters.",
            "Messages name the queue, as opposed to the worker.",
            "It would be possible to see this at the gateway.",
            "| Queue | Workers |\n|---|---|\n| mail | 3 |",
        ] {
            assert!(!weighs(body), "{body}");
        }
    }
}
