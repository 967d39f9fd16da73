//! Pages that stand in the published folder already, and what they were made of.

use super::*;

/// Publishes a page that is made of something, and a file beside it; returns the list.
fn publish_page(project: &Project, text: &str, of: &[u8]) -> String {
    let publisher = begin(project);
    publisher.take(Route("page.html".to_owned()), Artifact { made_of: Some(Digest::of(of)), ..artifact(text) });
    publisher.take(Route("beside.css".to_owned()), artifact("x"));
    publisher.finish().unwrap();
    fs::read_to_string(project.path("public").join(MANIFEST)).unwrap()
}

fn has(publisher: &Publisher, of: &[u8]) -> bool {
    publisher.has(&Route("page.html".to_owned()), Digest::of(of))
}

#[test]
fn a_page_that_is_made_of_the_same_need_not_be_made_again() {
    let project = Project::new();
    assert!(!has(&begin(&project), b"A"));
    publish_page(&project, "one", b"A");
    for _ in 0..2 {
        let again = begin(&project);
        assert!(!has(&again, b"B") && !again.has(&Route("beside.css".to_owned()), Digest::of(b"A")));
        assert!(has(&again, b"A") && !has(&begin(&project).afresh(), b"A"));
        again.take(Route("beside.css".to_owned()), artifact("x"));
        assert_eq!(again.finish().unwrap(), Written { files: 2, bytes: 4, one_by_one: false });
        assert_eq!(project.files()["public/page.html"], "one");
    }
    publish_page(&project, "two", b"B");
    assert!(has(&begin(&project), b"B") && !has(&begin(&project), b"A"));
}

#[test]
fn what_was_made_of_the_same_is_believed_only_as_it_was_made() {
    let project = Project::new();
    let list = project.path("public").join(MANIFEST);
    let (one, two) = (publish_page(&project, "one", b"A"), publish_page(&project, "two", b"B"));
    project.put("public/page.html", "changed");
    assert!(!has(&begin(&project), b"B"), "a page that was changed");
    fs::remove_file(project.path("public/page.html")).unwrap();
    assert!(!has(&begin(&project), b"B"), "a page that is gone");
    project.put("public/page.html", "one");
    assert!(!has(&begin(&project), b"B"), "another page than the list has");
    // What a page was made of, and what was made of it, are believed together or not at all.
    let seal = |list: &str| list.lines().find(|line| line.starts_with("= ")).unwrap().to_owned();
    fs::write(&list, one.replace(&seal(&one), &seal(&two))).unwrap();
    assert!(!has(&begin(&project), b"A") && !has(&begin(&project), b"B"), "the seal of another page");
    fs::write(&list, &one[..one.len() - 2]).unwrap();
    assert!(!has(&begin(&project), b"A"), "half a list");
    fs::write(&list, &one).unwrap();
    assert!(has(&begin(&project), b"A"));
}
