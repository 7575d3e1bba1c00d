//! Statements that diesel's own language cannot say, in a form that it caches as prepared statements.
//!
//! The text is put together from constants of this build and whole numbers, values are bound: diesel caches such a
//! statement by its text. The number of texts is bounded by the filters that exist, since limits come in few sizes; what
//! grows with the words of a search is [uncached](Statement::uncached).

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::{Pg, PgConnection};
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{
    Array, BigInt, Bytea, Date, Integer, Nullable, SmallInt, Timestamptz, Uuid as SqlUuid,
};
use diesel::{QueryResult, RunQueryDsl};
use std::fmt;
use std::marker::PhantomData;
use uuid::Uuid;

/// A statement whose rows have the SQL types `Row`.
pub(crate) struct Statement<Row> {
    parts: Vec<Part>,
    is_cached: bool,
    row: PhantomData<fn() -> Row>,
}

enum Part {
    Text(&'static str),
    Number(i64),
    Uuid(Uuid),
    Moment(DateTime<Utc>),
    Day(NaiveDate),
    Code(i16),
    Codes(Vec<i16>),
    Int(i32),
    BigInt(i64),
    BigInts(Vec<i64>),
    Bytes(Vec<u8>),
    Uuids(Vec<Uuid>),
    Ints(Vec<i32>),
    MaybeCode(Option<i16>),
    MaybeMoment(Option<DateTime<Utc>>),
    MaybeBigInt(Option<i64>),
}

macro_rules! binds {
    ($($(#[$doc:meta])* $name:ident($ty:ty) => $variant:ident;)+) => {$(
        $(#[$doc])*
        #[must_use]
        pub(crate) fn $name(self, value: $ty) -> Self {
            self.push(Part::$variant(value))
        }
    )+};
}

impl<Row> Statement<Row> {
    /// Begins with a text.
    pub(crate) fn new(text: &'static str) -> Self {
        Self { parts: vec![Part::Text(text)], is_cached: true, row: PhantomData }
    }

    /// Begins with a text whose forms are without number: neither side keeps it prepared.
    pub(crate) fn uncached(text: &'static str) -> Self {
        Self { is_cached: false, ..Self::new(text) }
    }

    /// The same, kept prepared by neither side from now on.
    pub(crate) fn not_cached(self) -> Self {
        Self { is_cached: false, ..self }
    }

    /// The same, ending so that its rows have other types.
    pub(crate) fn with_rows<Other>(self) -> Statement<Other> {
        Statement { parts: self.parts, is_cached: self.is_cached, row: PhantomData }
    }

    binds! {
        /// Goes on with a text.
        sql(&'static str) => Text;
        /// Writes a whole number into the text: the planner must know limits.
        number(i64) => Number;
        /// Binds an id.
        uuid(Uuid) => Uuid;
        /// Binds a time.
        moment(DateTime<Utc>) => Moment;
        /// Binds a day.
        day(NaiveDate) => Day;
        /// Binds a code.
        code(i16) => Code;
        /// Binds a list of codes.
        codes(Vec<i16>) => Codes;
        /// Binds a place.
        int(i32) => Int;
        /// Binds a token.
        big_int(i64) => BigInt;
        /// Binds a list of tokens.
        big_ints(Vec<i64>) => BigInts;
        /// Binds bytes.
        bytes(Vec<u8>) => Bytes;
        /// Binds a list of ids.
        uuids(Vec<Uuid>) => Uuids;
        /// Binds a list of places.
        ints(Vec<i32>) => Ints;
        /// Binds a code or null.
        maybe_code(Option<i16>) => MaybeCode;
        /// Binds a time or null.
        maybe_moment(Option<DateTime<Utc>>) => MaybeMoment;
        /// Binds a large number or null.
        maybe_big_int(Option<i64>) => MaybeBigInt;
    }

    fn push(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }
}

impl<Row> fmt::Debug for Statement<Row> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Statement").finish_non_exhaustive()
    }
}

impl<Row> Query for Statement<Row> {
    type SqlType = Row;
}

impl<Row> RunQueryDsl<PgConnection> for Statement<Row> {}

impl<Row> QueryId for Statement<Row> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Row> QueryFragment<Pg> for Statement<Row> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        if !self.is_cached {
            out.unsafe_to_cache_prepared();
        }
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_sql(text),
                Part::Number(number) => out.push_sql(&number.to_string()),
                Part::Uuid(value) => out.push_bind_param::<SqlUuid, _>(value)?,
                Part::Moment(value) => out.push_bind_param::<Timestamptz, _>(value)?,
                Part::Day(value) => out.push_bind_param::<Date, _>(value)?,
                Part::Code(value) => out.push_bind_param::<SmallInt, _>(value)?,
                Part::Codes(value) => out.push_bind_param::<Array<SmallInt>, _>(value)?,
                Part::Int(value) => out.push_bind_param::<Integer, _>(value)?,
                Part::BigInt(value) => out.push_bind_param::<BigInt, _>(value)?,
                Part::BigInts(value) => out.push_bind_param::<Array<BigInt>, _>(value)?,
                Part::Bytes(value) => out.push_bind_param::<Bytea, _>(value)?,
                Part::Uuids(value) => out.push_bind_param::<Array<SqlUuid>, _>(value)?,
                Part::Ints(value) => out.push_bind_param::<Array<Integer>, _>(value)?,
                Part::MaybeCode(value) => out.push_bind_param::<Nullable<SmallInt>, _>(value)?,
                Part::MaybeMoment(value) => out.push_bind_param::<Nullable<Timestamptz>, _>(value)?,
                Part::MaybeBigInt(value) => out.push_bind_param::<Nullable<BigInt>, _>(value)?,
            }
        }
        Ok(())
    }
}

/// The next larger of the few sizes in which limits are written, so that the statements stay few.
pub(crate) const fn at_least(rows: i64) -> i64 {
    match rows {
        ..=6 => 6,
        7..=26 => 26,
        27..=51 => 51,
        52..=101 => 101,
        _ => 1_101,
    }
}
