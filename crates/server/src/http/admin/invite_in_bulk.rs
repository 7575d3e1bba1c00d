//! `POST /api/admin/patients/invitations/bulk`

use super::line_numbers::LineNumbers;
use crate::http::answer;
use crate::http::code::Code;
use crate::http::error::ApiError;
use crate::http::error::ApiResult;
use crate::http::identity::StaffCaller;
use crate::http::json::Json;
use crate::http::state::State;
use crate::http::wire::InvitationOutcome;
use crate::links;
use actix_web::{HttpResponse, post, web};
use serde::{Deserialize, Serialize};
use threadwell_application::FieldProblem;
use threadwell_application::admin::bulk_invitations::{self, Line, MOST_LINES};
use threadwell_application::ports::Store;
use threadwell_domain::person::{EmailAddress, Mrn};
use utoipa::ToSchema;

pub(crate) const PROBLEMS: &[Code] = &[Code::StepUpRequired];

/// Patients to be invited, by their record numbers.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct BulkInvitation {
    /// Comma-separated (RFC 4180): a first line `mrn` or `mrn,email`, then at most 2,000 lines.
    #[schema(max_length = 524_288, example = "mrn,email\nRD-100234,ana.silva@example.org\n")]
    csv: String,
    /// Only says what would become of each line.
    dry_run: bool,
}

/// What becomes of a line.
#[derive(Serialize, ToSchema)]
pub(crate) struct BulkRow {
    /// Its number in the text; the first line is 1.
    #[schema(example = 2)]
    line: u64,
    outcome: InvitationOutcome,
}

/// What became of the lines.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BulkInvited {
    rows: Vec<BulkRow>,
    /// How many were invited: none in a dry run, and none if a line is malformed.
    #[schema(example = 1)]
    invited: usize,
    dry_run: bool,
}

/// A line with its number.
type Numbered = (u64, Option<Line>);

impl BulkInvitation {
    /// Reads the text. Cells are what they are: one that a spreadsheet would take for a formula is a text like any other.
    fn parse(&self) -> ApiResult<Vec<Numbered>> {
        let text = self.csv.trim_start_matches('\u{feff}');
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let refused = || ApiError::field("/csv", FieldProblem::Invalid);
        let header: Vec<String> =
            reader.headers().map_err(|_| refused())?.iter().map(str::to_ascii_lowercase).collect();
        let columns = match header.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["mrn"] => 1,
            ["mrn", "email"] => 2,
            _ => return Err(refused()),
        };
        let (mut lines, mut numbers) = (Vec::new(), LineNumbers::of(text));
        for record in reader.records() {
            if lines.len() == MOST_LINES {
                return Err(ApiError::field("/csv", FieldProblem::TooLong(MOST_LINES)));
            }
            let record = record.map_err(|_| refused())?;
            let byte = record.position().map_or(0, csv::Position::byte);
            let number = numbers.next(usize::try_from(byte).unwrap_or(usize::MAX));
            lines.push((number, line(&record, columns)));
        }
        if lines.is_empty() { Err(ApiError::field("/csv", FieldProblem::Empty)) } else { Ok(lines) }
    }
}

fn line(record: &csv::StringRecord, columns: usize) -> Option<Line> {
    let mrn = Mrn::parse(record.get(0)?).ok()?;
    let email = match record.get(1) {
        None | Some("") => None,
        Some(text) => Some(EmailAddress::parse(text)?),
    };
    (record.len() <= columns).then_some(Line { mrn, email })
}

impl BulkInvited {
    fn of(numbers: &[u64], outcomes: &[bulk_invitations::Outcome], dry_run: bool) -> Self {
        use bulk_invitations::Outcome;
        let is_whole = !outcomes.contains(&Outcome::Malformed);
        let invited = outcomes.iter().filter(|outcome| **outcome == Outcome::Invite).count();
        let row = |(line, outcome): (&u64, &Outcome)| BulkRow { line: *line, outcome: (*outcome).into() };
        Self {
            rows: numbers.iter().zip(outcomes).map(row).collect(),
            invited: if is_whole && !dry_run { invited } else { 0 },
            dry_run,
        }
    }
}

/// Invites many patients at once. With a line that cannot be read, nobody is invited.
#[utoipa::path(
    tag = "Administration: patients", security(("staffToken" = [])), request_body = BulkInvitation,
    responses((status = 200, description = "What became of each line.", body = BulkInvited)),
)]
#[post("/api/admin/patients/invitations/bulk")]
pub(crate) async fn invite_in_bulk(
    caller: StaffCaller,
    body: Json<BulkInvitation>,
    state: web::Data<State>,
) -> ApiResult<HttpResponse> {
    let dry_run = body.value.dry_run;
    let (numbers, lines): (Vec<u64>, Vec<Option<Line>>) = body.value.parse()?.into_iter().unzip();
    let (tenant, keys) = (caller.claims.tenant, state.keys.clone());
    let invite = move |store: &dyn Store| {
        bulk_invitations::invite(store, &caller.caller, &lines, dry_run, &links::hashes(&keys, tenant))
    };
    let outcomes = state.run(invite).await?;
    Ok(answer::ok(&BulkInvited::of(&numbers, &outcomes, dry_run)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(csv: &str) -> Vec<(u64, String)> {
        let invitation = BulkInvitation { csv: csv.to_owned(), dry_run: true };
        let lines = invitation.parse().unwrap().into_iter();
        lines.map(|(number, line)| (number, line.unwrap().mrn.as_phi().expose().to_owned())).collect()
    }

    fn expected(lines: &[(u64, &str)]) -> Vec<(u64, String)> {
        lines.iter().map(|(number, mrn)| (*number, (*mrn).to_owned())).collect()
    }

    #[test]
    fn a_line_has_the_number_that_an_editor_shows() {
        for end in ["\n", "\r\n", "\r"] {
            let text = |lines: &[&str]| lines.join(end);
            assert_eq!(numbers(&text(&["mrn", "A", "B", ""])), expected(&[(2, "A"), (3, "B")]), "{end:?}");
            assert_eq!(numbers(&text(&["mrn", "A", "B"])), expected(&[(2, "A"), (3, "B")]), "{end:?}");
            let blank = text(&["", "", "mrn", "", "A", "", "", "B", "", ""]);
            assert_eq!(numbers(&blank), expected(&[(5, "A"), (8, "B")]), "{end:?}");
            let quoted = text(&["\u{feff}mrn,email", "A,\" ", " \"", "B,", "\"C\"", ""]);
            assert_eq!(numbers(&quoted), expected(&[(2, "A"), (4, "B"), (5, "C")]), "{end:?}");
        }
        assert_eq!(numbers("mrn\r\nA\nB\rC\n\r\nD"), expected(&[(2, "A"), (3, "B"), (4, "C"), (6, "D")]));
    }
}
