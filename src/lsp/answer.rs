//! What each request of an editor is answered with.

use super::action::actions;
use super::complete::complete;
use super::hover::hover;
use super::navigate::{definition, mentions};
use super::rename::{prepare, rename};
use super::session::Session;
use super::symbol::{headings, records};
use crate::date::Date;
use ls_types::{
    CodeActionOrCommand, CodeActionParams, CompletionParams, CompletionResponse, DocumentSymbolParams,
    DocumentSymbolResponse, GotoDefinitionParams, GotoDefinitionResponse, HoverParams, ReferenceParams, RenameParams,
    TextDocumentPositionParams, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use lsp_server::{ErrorCode, Request, RequestId, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The answer to a request.
pub(super) fn answer(session: &Session, request: Request, today: Date) -> Response {
    match request.method.as_str() {
        "textDocument/completion" => reply(request, |params: CompletionParams| {
            let at = params.text_document_position;
            session
                .scene(&at.text_document.uri)
                .map(|scene| CompletionResponse::List(complete(scene, at.position, today)))
        }),
        "textDocument/hover" => reply(request, |params: HoverParams| {
            let at = params.text_document_position_params;
            session.scene(&at.text_document.uri).and_then(|scene| hover(scene, at.position))
        }),
        "textDocument/definition" => reply(request, |params: GotoDefinitionParams| {
            let at = params.text_document_position_params;
            let place = session.scene(&at.text_document.uri).and_then(|scene| definition(scene, at.position));
            place.map(GotoDefinitionResponse::Scalar)
        }),
        "textDocument/references" => reply(request, |params: ReferenceParams| {
            let at = params.text_document_position;
            let scene = session.scene(&at.text_document.uri);
            scene.map(|scene| mentions(scene, at.position, params.context.include_declaration))
        }),
        "textDocument/documentSymbol" => reply(request, |params: DocumentSymbolParams| {
            session.scene(&params.text_document.uri).map(|scene| DocumentSymbolResponse::Nested(headings(scene)))
        }),
        "workspace/symbol" => reply(request, |params: WorkspaceSymbolParams| {
            let projects = session.projects.iter();
            let all = projects.flat_map(|project| records(project, &params.query, session.encoding));
            Some(WorkspaceSymbolResponse::Nested(all.collect()))
        }),
        "textDocument/codeAction" => reply(request, |params: CodeActionParams| {
            let is_wanted = params.context.only.as_ref().is_none_or(|only| {
                only.iter().any(|kind| kind.as_str().is_empty() || kind.as_str().starts_with("quickfix"))
            });
            let (project, path) = session.place(&params.text_document.uri).filter(|_| is_wanted)?;
            let actions = actions(project, &path, params.range, session.encoding);
            Some(actions.into_iter().map(CodeActionOrCommand::CodeAction).collect::<Vec<_>>())
        }),
        "textDocument/prepareRename" => reply(request, |params: TextDocumentPositionParams| {
            session.scene(&params.text_document.uri).and_then(|scene| prepare(scene, params.position))
        }),
        "textDocument/rename" => {
            let id = request.id.clone();
            let params: RenameParams = match parsed(request) {
                Ok(params) => params,
                Err(refusal) => return *refusal,
            };
            let at = params.text_document_position;
            let Some(scene) = session.scene(&at.text_document.uri) else { return null(id) };
            match rename(scene, at.position, &params.new_name, session.may_rename_files) {
                Ok(edit) => Response::new_ok(id, edit),
                Err(why) => Response::new_err(id, ErrorCode::RequestFailed as i32, why),
            }
        }
        method => {
            let message = format!("`{method}` is not something that this server does");
            Response::new_err(request.id, ErrorCode::MethodNotFound as i32, message)
        }
    }
}

/// Answers with what `make` makes of the parameters; those that make no sense are refused.
fn reply<P: DeserializeOwned, R: Serialize>(request: Request, make: impl FnOnce(P) -> Option<R>) -> Response {
    let id = request.id.clone();
    match parsed(request) {
        Ok(params) => make(params).map_or_else(|| null(id.clone()), |made| Response::new_ok(id.clone(), made)),
        Err(refusal) => *refusal,
    }
}

fn parsed<P: DeserializeOwned>(request: Request) -> Result<P, Box<Response>> {
    serde_json::from_value(request.params)
        .map_err(|fault| Box::new(Response::new_err(request.id, ErrorCode::InvalidParams as i32, fault.to_string())))
}

fn null(id: RequestId) -> Response {
    Response::new_ok(id, serde_json::Value::Null)
}
