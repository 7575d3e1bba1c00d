use super::*;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[expect(dead_code, reason = "only whether it can be read matters")]
struct Sample {
    message_text: String,
    inner: Option<Inner>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only whether it can be read matters")]
struct Inner {
    list: Vec<i64>,
    deep: Option<Vec<Inner>>,
    word: Option<Word>,
}

#[derive(Debug, Deserialize)]
enum Word {
    One,
}

fn refusal(json: &str) -> (Code, Option<(String, FieldProblem)>) {
    let error = parse::<Sample>(json.as_bytes()).unwrap_err();
    (error.code(), error.fields().first().map(|field| (field.pointer.clone(), field.problem)))
}

#[test]
fn what_is_not_json_or_says_a_thing_twice_is_malformed() {
    for json in [
        "",
        "{",
        "{\"a\":1,}",
        "nul",
        "{} {}",
        r#"{"messageText":"a","messageText":"b"}"#,
        r#"{"x":1,"x":2}"#,
    ] {
        assert_eq!(refusal(json), (Code::MalformedRequest, None), "{json}");
    }
    assert_eq!(refusal(&"[".repeat(10_000)).0, Code::MalformedRequest);
}

#[test]
fn fields_are_named_by_pointer() {
    for (json, code, pointer, problem) in [
        (r#"{"messageText":"a","id":1}"#, Code::UnknownField, "/id", FieldProblem::Unknown),
        (r#"{"messageText":"a","__proto__":{}}"#, Code::UnknownField, "/__proto__", FieldProblem::Unknown),
        (r#"{"messageText":"a","a/b`, x":1}"#, Code::UnknownField, "/a~1b`, x", FieldProblem::Unknown),
        ("{}", Code::ValidationFailed, "/messageText", FieldProblem::Required),
        (r#"{"messageText":7}"#, Code::ValidationFailed, "/messageText", FieldProblem::Invalid),
        (
            r#"{"messageText":"a","inner":{"list":[1,"x"]}}"#,
            Code::ValidationFailed,
            "/inner/list/1",
            FieldProblem::Invalid,
        ),
        (
            r#"{"messageText":"a","inner":{"list":[],"y":1}}"#,
            Code::UnknownField,
            "/inner/y",
            FieldProblem::Unknown,
        ),
        (r#"{"messageText":"a","inner":[[1]]}"#, Code::ValidationFailed, "/inner", FieldProblem::Invalid),
        (
            r#"{"messageText":"a","inner":{"list":[],"deep":[[[1]]]}}"#,
            Code::ValidationFailed,
            "/inner/deep/0",
            FieldProblem::Invalid,
        ),
        (
            r#"{"messageText":"a","inner":{"list":[],"word":{"One":null}}}"#,
            Code::ValidationFailed,
            "/inner/word",
            FieldProblem::Invalid,
        ),
        ("[]", Code::ValidationFailed, "", FieldProblem::Invalid),
        ("7", Code::ValidationFailed, "", FieldProblem::Invalid),
    ] {
        assert_eq!(refusal(json), (code, Some((pointer.to_owned(), problem))), "{json}");
    }
}

#[test]
fn spacing_and_order_do_not_change_the_fingerprint() {
    let of = |json: &str| parse::<Value>(json.as_bytes()).unwrap().fingerprint;
    assert_eq!(of(r#"{"a":1,"b":"x"}"#), of("{ \"b\" : \"x\",\n\"a\":1 }"));
    assert_ne!(of(r#"{"a":1}"#), of(r#"{"a":2}"#));
}

#[test]
fn a_body_that_says_it_is_too_large_is_not_waited_for() {
    let announced = |length: &'static str| {
        let request = actix_web::test::TestRequest::default().insert_header((CONTENT_LENGTH, length));
        announced_length(&request.to_http_request())
    };
    assert_eq!(announced("524289"), Some(LIMIT_BYTES as u64 + 1));
    assert_eq!(announced("18446744073709551616"), None);
}
