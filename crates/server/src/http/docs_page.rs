//! The API's document as a page: plain HTML with a style sheet, no script, nothing from elsewhere.

use super::code::Code;
use super::openapi;
use serde_json::Value;
use std::fmt::Write;
use std::sync::LazyLock;

/// The page's style sheet.
pub(crate) const STYLE: &str = include_str!("docs_page.css");

static HTML: LazyLock<String> = LazyLock::new(|| {
    let document: Value = serde_json::from_str(openapi::text()).unwrap_or_default();
    let mut html = String::new();
    let _ = write_page(&mut html, &document);
    html
});

/// The page.
pub(crate) fn html() -> &'static str {
    &HTML
}

fn write_page(html: &mut String, document: &Value) -> std::fmt::Result {
    html.push_str(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Threadwell API</title><link rel=\"stylesheet\" href=\"/api/docs.css\"></head><body>",
    );
    let tags: Vec<&str> = list(document, "tags").filter_map(|tag| tag.get("name")?.as_str()).collect();
    html.push_str("<nav aria-label=\"Contents\"><h1>Threadwell API</h1><ul>");
    for tag in &tags {
        write!(html, "<li><a href=\"#{}\">{}</a></li>", anchor(tag), escape(tag))?;
    }
    html.push_str(
        "<li><a href=\"#codes\">Codes</a></li><li><a href=\"#shapes\">Shapes</a></li>\
         <li><a href=\"/api/openapi.json\">openapi.json</a></li></ul></nav><main>",
    );
    write!(html, "<p>{}</p>", prose(text(&document["info"], "description")))?;
    for tag in &tags {
        write!(html, "<section id=\"{}\"><h2>{}</h2>", anchor(tag), escape(tag))?;
        write_operations(html, document, tag)?;
        html.push_str("</section>");
    }
    write_codes(html)?;
    write_shapes(html, document)?;
    html.push_str("</main></body></html>");
    Ok(())
}

fn write_operations(html: &mut String, document: &Value, tag: &str) -> std::fmt::Result {
    for (path, item) in members(document, "paths") {
        for (method, operation) in item.as_object().into_iter().flatten() {
            if list(operation, "tags").any(|own| own.as_str() == Some(tag)) {
                write_operation(html, path, method, operation)?;
            }
        }
    }
    Ok(())
}

fn write_operation(html: &mut String, path: &str, method: &str, operation: &Value) -> std::fmt::Result {
    let id = text(operation, "operationId");
    write!(
        html,
        "<article id=\"{id}\"><h3><code class=\"{method}\">{}</code> <code>{}</code></h3>",
        method.to_uppercase(),
        escape(path)
    )?;
    write!(html, "<p>{}</p>", prose(text(operation, "summary")))?;
    if operation.get("parameters").is_some() {
        html.push_str("<table><caption>Parameters</caption><tbody>");
        for parameter in list(operation, "parameters") {
            let (name, place) = (escape(text(parameter, "name")), text(parameter, "in"));
            let description = prose(text(parameter, "description"));
            write!(
                html,
                "<tr><th scope=\"row\"><code>{name}</code></th><td>{place}</td><td>{description}</td></tr>"
            )?;
        }
        html.push_str("</tbody></table>");
    }
    if let Some(body) = operation.pointer("/requestBody/content/application~1json/example") {
        write!(html, "<h4>Request</h4><pre tabindex=\"0\">{}</pre>", pretty(body))?;
    }
    for (status, answer) in members(operation, "responses") {
        write!(html, "<h4>{status} <span>{}</span></h4>", escape(text(answer, "description")))?;
        if let Some(example) = answer.pointer("/content/application~1json/example") {
            write!(html, "<pre tabindex=\"0\">{}</pre>", pretty(example))?;
        }
        let codes = answer.pointer("/content/application~1problem+json/examples").and_then(Value::as_object);
        if let Some(codes) = codes {
            html.push_str("<p class=\"codes\">");
            for code in codes.keys() {
                write!(html, "<a href=\"#{code}\"><code>{code}</code></a> ")?;
            }
            html.push_str("</p>");
        }
    }
    html.push_str("</article>");
    Ok(())
}

fn write_codes(html: &mut String) -> std::fmt::Result {
    html.push_str("<section id=\"codes\"><h2>Codes</h2><table><tbody>");
    for code in Code::ALL {
        write!(
            html,
            "<tr id=\"{0}\"><th scope=\"row\"><code>{0}</code></th><td>{1}</td><td>{2}</td></tr>",
            code.name(),
            code.status().as_u16(),
            prose(code.detail())
        )?;
    }
    html.push_str("</tbody></table></section>");
    Ok(())
}

fn write_shapes(html: &mut String, document: &Value) -> std::fmt::Result {
    html.push_str("<section id=\"shapes\"><h2>Shapes</h2>");
    for (name, schema) in members(&document["components"], "schemas") {
        write!(
            html,
            "<article id=\"shape-{0}\"><h3>{0}</h3><p>{1}</p>",
            escape(name),
            prose(text(schema, "description"))
        )?;
        if let Some(words) = schema.get("enum") {
            write!(html, "<p><code>{}</code></p>", escape(&words.to_string()))?;
        }
        let required: Vec<&str> = list(schema, "required").filter_map(Value::as_str).collect();
        html.push_str("<table><tbody>");
        for (field, kind) in members(schema, "properties") {
            let always = if required.contains(&field.as_str()) { "always" } else { "optional" };
            let description = prose(text(kind, "description"));
            write!(
                html,
                "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{always}</td><td>{description}</td></tr>",
                escape(field),
                type_of(kind)
            )?;
        }
        html.push_str("</tbody></table></article>");
    }
    html.push_str("</section>");
    Ok(())
}

fn type_of(kind: &Value) -> String {
    if let Some(name) = kind.get("$ref").and_then(Value::as_str).and_then(|target| target.rsplit('/').next())
    {
        return format!("<a href=\"#shape-{0}\">{0}</a>", escape(name));
    }
    if kind.get("oneOf").is_some() {
        return list(kind, "oneOf").map(type_of).collect::<Vec<_>>().join(" or ");
    }
    match kind.get("type") {
        Some(Value::String(word)) if word == "array" => format!("list of {}", type_of(&kind["items"])),
        Some(Value::String(word)) => escape(word),
        Some(Value::Array(words)) => {
            escape(&words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "))
        }
        Some(_) | None => String::new(),
    }
}

fn members<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value.get(name).and_then(Value::as_object).into_iter().flatten()
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn pretty(value: &Value) -> String {
    escape(&serde_json::to_string_pretty(value).unwrap_or_default())
}

fn anchor(tag: &str) -> String {
    tag.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect()
}

/// Descriptions: what stands between backticks is code.
fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let shown = parts.map(|(place, part)| match place % 2 {
        0 => escape(part),
        _ => format!("<code>{}</code>", escape(part)),
    });
    shown.collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
