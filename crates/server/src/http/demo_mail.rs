//! The demo's mailbox, as a page and as JSON. It exists only where mails go into a directory instead of out.

use super::answer;
use super::code::Code;
use super::error::ApiResult;
use super::state::State;
use super::wire::Timestamp;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use std::fmt::Write;
use threadwell_smtp::StoredMail;

const STYLE: &str = include_str!("demo_mail.css");

/// Registers the mailbox, where there is one.
pub(crate) fn register(app: &mut web::ServiceConfig, has_mailbox: bool) {
    if has_mailbox {
        app.route("/demo/mail", web::get().to(show))
            .route("/demo/mail.json", web::get().to(list))
            .route("/demo/mail.css", web::get().to(style));
    }
}

/// A mail as the page shows it.
#[derive(Serialize)]
struct Mail {
    to: String,
    subject: String,
    text: String,
    at: Timestamp,
}

impl From<StoredMail> for Mail {
    fn from(mail: StoredMail) -> Self {
        Self { to: mail.to.into_inner(), subject: mail.subject, text: mail.text, at: mail.at.into() }
    }
}

const MOST_MAILS: usize = 200;

async fn mails(state: &State) -> ApiResult<Vec<Mail>> {
    let mailbox = state.settings.demo_mailbox.as_ref().ok_or(Code::NotFound)?;
    let found = mailbox.list(MOST_MAILS).await.map_err(|_| Code::InternalError)?;
    Ok(found.into_iter().map(Mail::from).collect())
}

async fn list(state: web::Data<State>) -> ApiResult<HttpResponse> {
    Ok(answer::ok(&mails(&state).await?))
}

async fn style() -> HttpResponse {
    HttpResponse::Ok().content_type("text/css; charset=utf-8").body(STYLE)
}

async fn show(state: web::Data<State>) -> ApiResult<HttpResponse> {
    let mut html = String::from(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Demo mailbox</title>\
         <link rel=\"stylesheet\" href=\"/demo/mail.css\"></head><body><main><h1>Demo mailbox</h1>\
         <p>Mails that this demo would have sent, newest first. None says who wrote or what about.</p>",
    );
    let mails = mails(&state).await?;
    if mails.is_empty() {
        html.push_str("<p>No mail yet. Write a message in the portal, or answer one in the inbox.</p>");
    }
    for mail in &mails {
        let _ = write!(
            html,
            "<article><h2>{}</h2><dl><dt>To</dt><dd>{}</dd><dt>Sent</dt><dd>{}</dd></dl><pre>{}</pre></article>",
            escape(&mail.subject),
            escape(&mail.to),
            mail.at.text(),
            linked(&mail.text)
        );
    }
    html.push_str("</main></body></html>");
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}

/// Lines that are addresses become links, as mail programs make them.
fn linked(text: &str) -> String {
    let lines = text.lines().map(|line| match line.starts_with("http://") || line.starts_with("https://") {
        true => format!("<a href=\"{0}\">{0}</a>", escape(line)),
        false => escape(line),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
