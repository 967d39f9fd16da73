//! A preview as it is run.

use super::{Reply, connect_to, hear, host_of, send_to};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_precedent");

/// `precedent serve` in a folder of its own.
pub(crate) struct Preview {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) child: Child,
    pub(crate) out: BufReader<ChildStdout>,
    pub(crate) host: String,
    said: tempfile::NamedTempFile,
}

impl Preview {
    pub(crate) fn start(files: &[(&str, &str)]) -> Preview {
        Preview::of(folder(files))
    }

    pub(crate) fn of(folder: tempfile::TempDir) -> Preview {
        Preview::with(folder, &[])
    }

    pub(crate) fn with(folder: tempfile::TempDir, arguments: &[&str]) -> Preview {
        let mut command = Command::new(PROGRAM);
        command.args(["serve", "--port", "0"]).args(arguments);
        Preview::run(folder, command).expect("the address comes first")
    }

    /// Runs it in a shell after something else; nothing where that cannot be done here.
    pub(crate) fn after(folder: tempfile::TempDir, shell: &[&str], script: &str) -> Option<Preview> {
        let mut command = Command::new(shell.first().expect("a shell"));
        command.args(&shell[1..]).args(["-c", &format!("{script} && exec \"$0\" serve --port 0"), PROGRAM]);
        Preview::run(folder, command)
    }

    fn run(folder: tempfile::TempDir, mut command: Command) -> Option<Preview> {
        let said = tempfile::NamedTempFile::new().expect("a file");
        command.current_dir(folder.path()).env_remove("PRECEDENT_EDITOR").stdout(Stdio::piped());
        let mut child = command.stderr(said.reopen().expect("a file")).spawn().ok()?;
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut url = String::new();
        out.read_line(&mut url).expect("UTF-8");
        let preview = Preview { folder, child, out, host: host_of(url.trim()), said };
        (!url.is_empty()).then_some(preview)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.folder.path().join(path), text).expect("written");
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        fs::rename(self.folder.path().join(from), self.folder.path().join(to)).expect("renamed");
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.folder.path().join(path)).expect("removed");
    }

    pub(crate) fn get(&self, target: &str) -> Reply {
        send_to(&self.host, format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host).as_bytes())
    }

    /// An event stream that has heard of the present build.
    pub(crate) fn listen(&self) -> TcpStream {
        let mut stream = connect_to(&self.host);
        let request = format!("GET /_precedent/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        stream.write_all(request.as_bytes()).expect("takes a request");
        hear(&mut stream, &mut String::new(), 1);
        stream
    }

    /// What it has said at the terminal besides findings.
    pub(crate) fn said(&self) -> String {
        fs::read_to_string(self.said.path()).expect("UTF-8")
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(sent.expect("sent").success());
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder with files in it.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    folder
}

pub(crate) fn wait_for(condition: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(10);
    while !condition() {
        assert!(Instant::now() < end, "it did not happen");
        std::thread::sleep(Duration::from_millis(20));
    }
}
