//! The conversation with an editor, from its greeting to its farewell.

use super::answer::answer;
use super::document::Encoding;
use super::session::{News, Session};
use crate::date::Date;
use crate::error::{Error, Result};
use ls_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    DidChangeWatchedFilesRegistrationOptions, DidCloseTextDocumentParams, DidSaveTextDocumentParams, FileSystemWatcher,
    GlobPattern, HoverProviderCapability, InitializeParams, OneOf, Registration, RegistrationParams, RenameOptions,
    ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, Uri, WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::de::DeserializeOwned;
use serde_json::json;
use std::collections::VecDeque;

/// How a conversation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// As the protocol has it.
    Well,
    /// Without a farewell.
    Abruptly,
}

/// Speaks with the editor at standard input and output until it leaves.
///
/// # Errors
/// When what comes in is not the protocol at all.
pub fn serve(today: &dyn Fn() -> Date) -> Result<Ended> {
    let (connection, threads) = Connection::stdio();
    let ended = converse(&connection, today);
    drop(connection);
    let joined = threads.join();
    match (ended, joined) {
        (Ok(Ended::Well), _) => Ok(Ended::Well),
        (_, Err(source)) => Err(Error::Refused {
            message: format!("what came from standard input is not the language server protocol: {source}"),
        }),
        (ended, Ok(())) => ended,
    }
}

fn converse(connection: &Connection, today: &dyn Fn() -> Date) -> Result<Ended> {
    let Ok((id, params)) = connection.initialize_start() else { return Ok(Ended::Abruptly) };
    let greeting: InitializeParams = match serde_json::from_value(params) {
        Ok(greeting) => greeting,
        Err(fault) => {
            let refusal = Response::new_err(id, ErrorCode::InvalidParams as i32, fault.to_string());
            // An editor that is gone needs no answer.
            let _ = connection.sender.send(Message::Response(refusal));
            return Ok(Ended::Abruptly);
        }
    };
    let session = Session::new(&greeting.capabilities);
    let ours = json!({
        "capabilities": capabilities(session.encoding),
        "serverInfo": { "name": "precedent", "version": env!("CARGO_PKG_VERSION") },
    });
    if connection.initialize_finish(id, ours).is_err() {
        return Ok(Ended::Abruptly);
    }
    let mut talk = Talk { connection, session, today, waiting: VecDeque::new(), asked: 0 };
    talk.begin(&greeting);
    Ok(talk.run())
}

/// What this server does.
fn capabilities(encoding: Encoding) -> ServerCapabilities {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(words(&["\"", "[", "(", "#", "-", "/", "=", ":"])),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        ..ServerCapabilities::default()
    }
}

/// A conversation under way.
struct Talk<'a> {
    connection: &'a Connection,
    session: Session,
    today: &'a dyn Fn() -> Date,
    /// What has come and is not answered yet.
    waiting: VecDeque<Message>,
    /// How many requests were made of the editor.
    asked: i32,
}

impl Talk<'_> {
    /// Takes up the folders that the editor shows, and asks to be told of files that change.
    #[allow(deprecated, reason = "older editors name one root and no folders")]
    fn begin(&mut self, greeting: &InitializeParams) {
        let folders = greeting.workspace_folders.iter().flatten().map(|folder| &folder.uri);
        let folders: Vec<&Uri> = folders.chain(&greeting.root_uri).collect();
        for folder in folders {
            self.session.show(folder);
        }
        if !self.session.tells_of_files {
            return;
        }
        let watcher = FileSystemWatcher { glob_pattern: GlobPattern::String("**/*".to_owned()), kind: None };
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![watcher] };
        let registration = Registration {
            id: "files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        self.asked += 1;
        let params = RegistrationParams { registrations: vec![registration] };
        self.send(Message::Request(Request::new(self.asked.into(), "client/registerCapability".to_owned(), params)));
    }

    fn run(mut self) -> Ended {
        self.tell();
        loop {
            self.waiting.extend(self.connection.receiver.try_iter());
            let message = match self.waiting.pop_front() {
                Some(message) => message,
                None => {
                    // While letters still come, what was found about the last would be told too late to be true.
                    self.tell();
                    match self.connection.receiver.recv() {
                        Ok(message) => message,
                        Err(_) => return Ended::Abruptly,
                    }
                }
            };
            match message {
                Message::Request(request) if request.method == "shutdown" => {
                    let is_over = self.connection.handle_shutdown(&request).unwrap_or(false);
                    return if is_over { Ended::Well } else { Ended::Abruptly };
                }
                Message::Request(request) => self.answer(request),
                Message::Notification(notification) if notification.method == "exit" => return Ended::Abruptly,
                Message::Notification(notification) => self.hear(notification),
                // What we ask of the editor, it may refuse.
                Message::Response(_) => {}
            }
        }
    }

    fn answer(&mut self, request: Request) {
        let is_taken_back = |message: &Message| match message {
            Message::Notification(notification) if notification.method == "$/cancelRequest" => {
                let id = notification.params.get("id").cloned();
                id.and_then(|id| serde_json::from_value::<RequestId>(id).ok()).as_ref() == Some(&request.id)
            }
            _ => false,
        };
        if self.waiting.iter().any(is_taken_back) {
            let message = "taken back".to_owned();
            let response = Response::new_err(request.id, ErrorCode::RequestCanceled as i32, message);
            return self.send(Message::Response(response));
        }
        self.tell();
        let response = answer(&self.session, request, (self.today)());
        self.send(Message::Response(response));
    }

    fn hear(&mut self, notification: Notification) {
        match notification.method.as_str() {
            "textDocument/didOpen" => self.with(notification, |session, params| session.open(params)),
            "textDocument/didChange" => self.with(notification, |session, params| session.change(params)),
            "textDocument/didClose" => self.with(notification, |session, params: DidCloseTextDocumentParams| {
                session.close(&params.text_document.uri);
            }),
            "textDocument/didSave" => self.with(notification, |session, params: DidSaveTextDocumentParams| {
                session.saved(&params.text_document.uri);
            }),
            "workspace/didChangeWatchedFiles" => {
                self.with(notification, |session, params| session.changed_outside(&params));
            }
            "workspace/didChangeWorkspaceFolders" => {
                self.with(notification, |session, params: ls_types::DidChangeWorkspaceFoldersParams| {
                    params.event.removed.iter().for_each(|folder| session.hide(&folder.uri));
                    params.event.added.iter().for_each(|folder| session.show(&folder.uri));
                    session.part();
                });
            }
            _ => {}
        }
    }

    /// Hears a notification; one that makes no sense has nobody to be answered to.
    fn with<P: DeserializeOwned>(&mut self, notification: Notification, hear: impl FnOnce(&mut Session, P)) {
        if let Ok(params) = serde_json::from_value(notification.params) {
            hear(&mut self.session, params);
        }
    }

    fn tell(&mut self) {
        for news in self.session.look((self.today)()) {
            let notification = match news {
                News::Findings(params) => Notification::new("textDocument/publishDiagnostics".to_owned(), params),
                News::Message(params) => Notification::new("window/showMessage".to_owned(), params),
            };
            self.send(Message::Notification(notification));
        }
    }

    fn send(&self, message: Message) {
        // An editor that is gone is noticed when nothing more comes from it.
        let _ = self.connection.sender.send(message);
    }
}
