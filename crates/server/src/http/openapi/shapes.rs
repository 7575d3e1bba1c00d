//! Makes the schemas exact: shapes that were put together become one, and every object has no other members.

use serde_json::{Map, Value, json};

/// Tidies all component schemas.
pub(super) fn tidy(document: &mut Value) {
    let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else {
        return;
    };
    let known = schemas.clone();
    for schema in schemas.values_mut() {
        merge(schema, &known);
        close(schema);
    }
}

/// `allOf` of objects becomes one object, so that closing it is possible.
fn merge(schema: &mut Value, known: &Map<String, Value>) {
    let Some(parts) = schema.get("allOf").and_then(Value::as_array).cloned() else { return };
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for part in &parts {
        let part = resolved(part, known);
        if let Some(own) = part.get("properties").and_then(Value::as_object) {
            properties.extend(own.clone());
        }
        required.extend(part.get("required").and_then(Value::as_array).cloned().unwrap_or_default());
    }
    let description = schema.get("description").cloned().unwrap_or_default();
    *schema = json!({ "type": "object", "description": description, "required": required, "properties": properties });
}

fn resolved<'a>(part: &'a Value, known: &'a Map<String, Value>) -> &'a Value {
    let name = part.get("$ref").and_then(Value::as_str).and_then(|target| target.rsplit('/').next());
    name.and_then(|name| known.get(name)).unwrap_or(part)
}

/// A body that may be left out is so by being left out, not by being null.
pub(super) fn omissible_body(operation: &mut Map<String, Value>) {
    let Some(body) = operation.get_mut("requestBody").and_then(Value::as_object_mut) else { return };
    let choices = body.get("content").and_then(|content| content.pointer("/application~1json/schema/oneOf"));
    let shape =
        choices.and_then(Value::as_array).and_then(|list| list.iter().find(|one| one.get("$ref").is_some()));
    let Some(shape) = shape.cloned() else {
        body.insert("required".to_owned(), Value::Bool(true));
        return;
    };
    if let Some(schema) =
        body.get_mut("content").and_then(|content| content.pointer_mut("/application~1json/schema"))
    {
        *schema = shape;
    }
    body.insert("required".to_owned(), Value::Bool(false));
}

fn close(schema: &mut Value) {
    if schema.get("properties").is_some()
        && let Some(object) = schema.as_object_mut()
    {
        object.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
}
