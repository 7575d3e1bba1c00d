//! Reads clamd's answers. What is not known word for word is no verdict.

use threadwell_application::ports::ScanVerdict;

use crate::ClamdFailure;

/// No answer of clamd's comes near it.
pub(crate) const LONGEST_ANSWER: usize = 1024;
/// How much of clamd's own words is kept.
const LONGEST_QUOTE: usize = 200;
/// What `AlertExceedsMax` makes of a scan that ran out of time: a matter of load, so another try may do better. Its
/// other limits are properties of the file.
const OUT_OF_TIME: &str = "Heuristics.Limits.Exceeded.MaxScanTime";

/// Reads the whole answer to INSTREAM, up to the end of the connection.
pub(crate) fn parse(answer: &[u8]) -> Result<ScanVerdict, ClamdFailure> {
    let text = match answer.split_last() {
        Some((0, text)) if answer.len() <= LONGEST_ANSWER && !text.contains(&0) => text,
        _ => return Err(ClamdFailure::Unintelligible),
    };
    match String::from_utf8_lossy(text).as_ref() {
        "stream: OK" => Ok(ScanVerdict::Clean),
        "INSTREAM size limit exceeded. ERROR" => Err(ClamdFailure::TooLarge),
        other => match (between(other, "stream: ", " FOUND"), other.strip_suffix(" ERROR")) {
            (Some(name), _) if name.starts_with(OUT_OF_TIME) => Err(ClamdFailure::GaveUp),
            (Some(name), _) => Ok(ScanVerdict::Malware { signature: quote(name) }),
            (None, Some(report)) => Err(ClamdFailure::Reported(quote(report))),
            (None, None) => Err(ClamdFailure::Unintelligible),
        },
    }
}

/// What stands between the two, if anything does.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.strip_prefix(start)?.strip_suffix(end).filter(|name| !name.trim().is_empty())
}

/// Fit for a line of a log.
fn quote(text: &str) -> String {
    let printable = |c: char| if c.is_ascii_graphic() || c == ' ' { c } else { '?' };
    text.chars().take(LONGEST_QUOTE).map(printable).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_answer_alone_is_clean() {
        assert_eq!(parse(b"stream: OK\0").unwrap(), ScanVerdict::Clean);
        let others: [&[u8]; 17] = [
            b"",
            b"\0",
            b"stream: OK",
            b"stream: OK\n",
            b"stream: OK\n\0",
            b"stream: OK\0\0",
            b"stream: OK\0stream: OK\0",
            b"stream: OK\0stream: Eicar FOUND\0",
            b"stream: O\0",
            b"stream: \0",
            b"stream:OK\0",
            b"stream: ok\0",
            b"stream: OK \0",
            b"stream: Empty file. OK\0",
            b"1: stream: OK\0",
            b"OK\0",
            b"PONG\0",
        ];
        for answer in others {
            assert!(!matches!(parse(answer), Ok(ScanVerdict::Clean)), "{}", String::from_utf8_lossy(answer));
        }
    }

    #[test]
    fn a_signature_is_named_and_fit_for_a_log() {
        let found = |answer: &[u8]| match parse(answer) {
            Ok(ScanVerdict::Malware { signature }) => signature,
            other => panic!("{other:?}"),
        };
        assert_eq!(found(b"stream: Win.Test.EICAR_HDB-1 FOUND\0"), "Win.Test.EICAR_HDB-1");
        assert_eq!(found(b"stream: Eicar(44d8:68) FOUND\0"), "Eicar(44d8:68)");
        assert_eq!(found(b"stream: a\r\n\x1b[31m\xff FOUND\0"), "a???[31m?");
        assert_eq!(found(b"stream: OK FOUND\0"), "OK");
        let long = format!("stream: {} FOUND\0", "x".repeat(900));
        assert_eq!(found(long.as_bytes()).len(), LONGEST_QUOTE);
        let limit = "Heuristics.Limits.Exceeded.MaxRecursion";
        assert_eq!(found(format!("stream: {limit} FOUND\0").as_bytes()), limit);
    }

    #[test]
    fn what_is_no_verdict_says_why() {
        let failure = |answer: &[u8]| parse(answer).unwrap_err().to_string();
        assert_eq!(
            failure(b"INSTREAM size limit exceeded. ERROR\0"),
            "the file is larger than clamd's StreamMaxLength"
        );
        let out_of_time = b"stream: Heuristics.Limits.Exceeded.MaxScanTime FOUND\0";
        assert_eq!(failure(out_of_time), "clamd gave up at its MaxScanTime");
        let report = b"stream: Can't allocate memory ERROR\0";
        assert_eq!(failure(report), "clamd reports: stream: Can't allocate memory");
        for answer in [&b"UNKNOWN COMMAND\0"[..], b"stream:  FOUND\0", b"stream: FOUND\0", b"HTTP/1.1 400 \0"]
        {
            assert_eq!(failure(answer), "the answer is not clamd's");
        }
    }

    proptest! {
        #[test]
        fn no_other_bytes_are_clean(answer in any::<Vec<u8>>()) {
            prop_assert!(!matches!(parse(&answer), Ok(ScanVerdict::Clean)));
        }

        #[test]
        fn no_change_of_one_byte_stays_clean(place in 0_usize..11, change in 1_u8..) {
            let mut answer = *b"stream: OK\0";
            answer[place] ^= change;
            prop_assert!(!matches!(parse(&answer), Ok(ScanVerdict::Clean)));
        }
    }
}
