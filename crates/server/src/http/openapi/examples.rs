//! Examples for bodies, put together from the examples of their fields.

use serde_json::{Map, Value, json};

const DEEPEST: usize = 16;

/// Gives every JSON body of an operation an example.
pub(super) fn add(operation: &mut Map<String, Value>, schemas: &Value) {
    if let Some(content) = operation.get_mut("requestBody").and_then(|body| body.get_mut("content")) {
        add_to(content, schemas);
    }
    let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
    for content in responses.into_iter().flatten().filter_map(|(_, answer)| answer.get_mut("content")) {
        add_to(content, schemas);
    }
}

fn add_to(content: &mut Value, schemas: &Value) {
    let Some(body) = content.get_mut("application/json").and_then(Value::as_object_mut) else { return };
    if let Some(schema) = body.get("schema") {
        let example = of(schema, schemas, 0);
        body.insert("example".to_owned(), example);
    }
}

fn of(schema: &Value, schemas: &Value, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    if let Some(name) =
        schema.get("$ref").and_then(Value::as_str).and_then(|target| target.rsplit('/').next())
    {
        return schemas.get(name).map_or(Value::Null, |schema| of(schema, schemas, depth + 1));
    }
    let given = schema.get("example").or_else(|| schema.get("examples").and_then(|list| list.get(0)));
    if let Some(given) = given.or_else(|| schema.get("enum").and_then(|words| words.get(0))) {
        return given.clone();
    }
    if let Some(choices) = schema.get("oneOf").and_then(Value::as_array) {
        let choice = choices.iter().find(|choice| choice.get("type") != Some(&json!("null")));
        return choice.map_or(Value::Null, |choice| of(choice, schemas, depth + 1));
    }
    by_type(schema, schemas, depth)
}

fn by_type(schema: &Value, schemas: &Value, depth: usize) -> Value {
    let kind = schema.get("type").map(|kind| kind.get(0).unwrap_or(kind).as_str().unwrap_or_default());
    match kind {
        Some("object") => {
            let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
            properties
                .map(|(name, field)| (name.clone(), of(field, schemas, depth + 1)))
                .collect::<Map<_, _>>()
                .into()
        }
        Some("array") => match schema.get("items") {
            Some(items) => json!([of(items, schemas, depth + 1)]),
            None => json!([]),
        },
        Some("boolean") => json!(false),
        Some("integer" | "number") => json!(1),
        Some("string") => json!("text"),
        Some(_) | None => Value::Null,
    }
}
