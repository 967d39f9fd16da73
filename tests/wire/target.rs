//! A preview to be attacked.

use super::{Reply, connect_to, host_of, send_to};
use precedent::page::Route;
use precedent::serve::{Port, Server};
use precedent::site::{Artifact, Site};
use std::net::TcpStream;

/// A server that was started for one test.
pub(crate) struct Target {
    pub(crate) server: Server,
    pub(crate) site: Site,
    pub(crate) host: String,
    pub(crate) port: String,
}

pub(crate) fn target() -> Target {
    let server = Server::start("127.0.0.1", Port::Exactly(0)).expect("a free port");
    let files = [
        ("index.html", b"<body>Home</body>".to_vec()),
        ("404.html", b"<body>Nothing here</body>".to_vec()),
        ("adr/index.html", b"<body>ADRs</body>".to_vec()),
    ];
    let artifact = |(route, bytes): (&str, Vec<u8>)| (Route(route.to_owned()), Artifact::new(bytes));
    let site = Site { artifacts: files.into_iter().map(artifact).collect() };
    server.show(std::sync::Arc::new(site.clone()), "");
    let host = host_of(&server.url());
    let port = host.split(':').nth(1).expect("a port").to_owned();
    Target { server, site, host, port }
}

impl Target {
    pub(crate) fn send(&self, request: &str) -> Reply {
        send_to(&self.host, request.as_bytes())
    }

    /// A plain request with more fields.
    pub(crate) fn with(&self, fields: &str) -> Reply {
        self.send(&format!("GET / HTTP/1.1\r\nHost: {}\r\n{fields}\r\n", self.host))
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host))
    }

    pub(crate) fn connect(&self) -> TcpStream {
        connect_to(&self.host)
    }

    pub(crate) fn is_well(&self) {
        let home = self.get("/");
        assert!(home.status == 200 && home.body.contains("Home"), "{}", home.head);
        assert!(!self.server.is_public());
    }
}
