//! Turns what the database says into what a use case understands.

use diesel::result::{DatabaseErrorKind, Error as Diesel};
use threadwell_application::Error;
use threadwell_crypto::CryptoError;
use uuid::Uuid;

/// Any failure of the database that no rule expects.
pub(crate) fn unavailable(source: Diesel) -> Error {
    Error::unavailable(source)
}

/// A failure to seal or hash; never one to open, which is a value of its own.
pub(crate) fn unsealable(source: CryptoError) -> Error {
    Error::unavailable(source)
}

/// A stored value that this build does not understand, named by its place and never by its content.
#[derive(Debug, thiserror::Error)]
#[error("{table}.{column} of {row} holds a value outside its domain")]
pub(crate) struct CorruptValue {
    table: &'static str,
    column: &'static str,
    row: Uuid,
}

/// Reports a value that this build does not understand.
pub(crate) fn corrupt(table: &'static str, column: &'static str, row: Uuid) -> Error {
    Error::unavailable(CorruptValue { table, column, row })
}

/// Whether a foreign key refused the row.
pub(crate) const fn is_unique_violation(error: &Diesel) -> bool {
    matches!(error, Diesel::DatabaseError(diesel::result::DatabaseErrorKind::UniqueViolation, _))
}

/// Whether a foreign key kept a row out.
pub(crate) const fn is_foreign_key_violation(error: &Diesel) -> bool {
    matches!(error, Diesel::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _))
}
