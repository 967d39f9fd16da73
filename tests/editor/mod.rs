//! An editor that speaks the protocol over pipes, with nothing of the program's own.

use crate::project::Project;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// Long enough for a busy machine; an answer that has not come by then does not come.
const PATIENCE: Duration = Duration::from_secs(30);

/// An editor with one project open.
pub(crate) struct Editor {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    next: i64,
    /// What was published last, by address.
    pub(crate) published: BTreeMap<String, Value>,
    /// What the server said when it was greeted.
    pub(crate) greeting: Value,
}

impl Editor {
    /// Starts the server and greets it; `capabilities` is what this editor can do.
    pub(crate) fn open(project: &Project, capabilities: &Value) -> Editor {
        let mut editor = Editor::start(project);
        let folder = json!({ "uri": uri(project, ""), "name": "log" });
        let params =
            json!({ "processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": [folder] });
        editor.greeting = editor.ask("initialize", params);
        editor.tell("initialized", json!({}));
        editor
    }

    /// Starts the server and says nothing.
    pub(crate) fn start(project: &Project) -> Editor {
        let mut command = Command::new(env!("CARGO_BIN_EXE_precedent"));
        command.args(["lsp", "--as-of", "2026-06-01"]).current_dir(project.path(""));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("starts");
        let (input, output) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
        let (sender, messages) = channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Editor { child, input, messages, next: 0, published: BTreeMap::new(), greeting: Value::Null }
    }

    /// Asks and waits for the result.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.request(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Asks and waits for the whole answer, which may be a refusal.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.send_request(method, params);
        self.answer(id)
    }

    /// Asks without waiting.
    pub(crate) fn send_request(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// Waits for the answer to a request; what is published meanwhile is kept.
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        loop {
            let message = self.receive();
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
        }
    }

    /// Tells something that has no answer.
    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Opens a text.
    pub(crate) fn edit(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Changes a range of a text that is open: start line, start column, end line, end column.
    pub(crate) fn change(&mut self, uri: &str, version: i64, [a, b, c, d]: [u32; 4], text: &str) {
        let range = json!({ "start": { "line": a, "character": b }, "end": { "line": c, "character": d } });
        let params = json!({
            "textDocument": { "uri": uri, "version": version },
            "contentChanges": [{ "range": range, "text": text }],
        });
        self.tell("textDocument/didChange", params);
    }

    /// The findings of a file once all that was sent is taken in, as `line:column-line:column rule`.
    pub(crate) fn findings(&mut self, uri: &str) -> Vec<String> {
        self.settle();
        let found = self.published.get(uri).and_then(|params| params["diagnostics"].as_array().cloned());
        let point = |point: &Value| format!("{}:{}", point["line"], point["character"]);
        let show = |finding: &Value| {
            let (start, end) = (point(&finding["range"]["start"]), point(&finding["range"]["end"]));
            format!("{start}-{end} {}", finding["code"].as_str().unwrap_or(""))
        };
        found.unwrap_or_default().iter().map(show).collect()
    }

    /// Waits until all that was sent is taken in: a request is answered after what came before it.
    pub(crate) fn settle(&mut self) {
        self.request("workspace/symbol", json!({ "query": "" }));
    }

    /// Says farewell; the code that the server ends with.
    pub(crate) fn leave(mut self) -> Option<i32> {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.child.wait().expect("ends").code()
    }

    /// Goes without a farewell.
    pub(crate) fn vanish(mut self) -> Option<i32> {
        drop(self.input);
        self.child.wait().expect("ends").code()
    }

    /// Sends raw bytes.
    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        self.input.write_all(bytes).and_then(|()| self.input.flush()).expect("sent");
    }

    /// Waits for the next message; what is published is kept.
    pub(crate) fn receive(&mut self) -> Value {
        let message = self.messages.recv_timeout(PATIENCE).expect("an answer in time");
        if message["method"] == "textDocument/publishDiagnostics" {
            let uri = message["params"]["uri"].as_str().expect("an address").to_owned();
            self.published.insert(uri, message["params"].clone());
        }
        message
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.send_raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }
}

/// The address of a file of a project.
pub(crate) fn uri(project: &Project, path: &str) -> String {
    format!("file://{}", project.path(path).display()).trim_end_matches('/').to_owned()
}

/// A place in a file, as the protocol asks for it.
pub(crate) fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } })
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => {
                if let Some(value) = line.strip_prefix("Content-Length: ") {
                    length = value.parse().ok()?;
                }
            }
        }
    }
    let mut bytes = vec![0; length];
    output.read_exact(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// A text after edits, in UTF-16 units.
pub(crate) fn applied(text: &str, edits: &[Value]) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let offset = |point: &Value| {
        let line = usize::try_from(point["line"].as_u64().expect("a number")).expect("few");
        let before: usize = lines[..line].iter().map(|line| line.len()).sum();
        let units: Vec<u16> = lines[line].encode_utf16().collect();
        let column = usize::try_from(point["character"].as_u64().expect("a number")).expect("few");
        before + String::from_utf16(&units[..column]).expect("whole letters").len()
    };
    let mut changes: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]), edit["newText"].as_str().expect("text"))
        })
        .collect();
    changes.sort_unstable();
    let mut text = text.to_owned();
    for (start, end, new) in changes.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}
