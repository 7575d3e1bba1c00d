//! What a person searched for before.

use crate::errors::unavailable;
use crate::schema::recent_search;
use crate::sql::Statement;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::ports::{RecentSearch, RecentSearches};
use threadwell_crypto::Scope;
use threadwell_domain::{Moment, Phi};
use uuid::Uuid;

/// So many queries of a person are kept.
const KEPT: i64 = 50;
const QUERY: Scope = Scope::new("recent-search");

impl RecentSearches for PgTransaction<'_> {
    fn recent(&mut self, limit: i64) -> Result<Vec<RecentSearch>> {
        let (_, me) = self.reader()?;
        let rows: Vec<(Uuid, Vec<u8>, Moment)> = recent_search::table
            .filter(recent_search::tenant_id.eq(self.tenant_id()))
            .filter(recent_search::staff_id.eq(me))
            .filter(recent_search::is_cleared.eq(false))
            .order((recent_search::searched_at.desc(), recent_search::id.desc()))
            .limit(limit)
            .select((recent_search::id, recent_search::query_enc, recent_search::searched_at))
            .load(self.conn)
            .map_err(unavailable)?;
        let keys = self.keys()?;
        let opened = rows.into_iter().filter_map(|(id, sealed, at)| {
            let query = keys.open("recent_search", &column(me), id, &sealed);
            query.text().map(|query| RecentSearch { id, query: query.clone(), at })
        });
        Ok(opened.collect())
    }

    fn remember(&mut self, query: &Phi) -> Result<()> {
        let (_, me) = self.reader()?;
        let (keys, id) = (self.keys()?, self.new_id());
        let hash = keys.index().hash(QUERY, query.expose()).to_vec();
        let sealed = keys.seal("recent_search", &column(me), id, query.expose())?;
        let changed = (
            recent_search::id.eq(id),
            recent_search::query_enc.eq(sealed),
            recent_search::searched_at.eq(self.now),
            recent_search::is_cleared.eq(false),
        );
        diesel::insert_into(recent_search::table)
            .values((
                recent_search::tenant_id.eq(self.tenant_id()),
                recent_search::staff_id.eq(me),
                recent_search::query_hash.eq(hash),
                changed.clone(),
            ))
            .on_conflict((recent_search::tenant_id, recent_search::staff_id, recent_search::query_hash))
            .do_update()
            .set(changed)
            .execute(self.conn)
            .map_err(unavailable)?;
        self.forget_old(me)
    }

    fn forget(&mut self) -> Result<()> {
        let (_, me) = self.reader()?;
        diesel::update(recent_search::table)
            .filter(recent_search::tenant_id.eq(self.tenant_id()))
            .filter(recent_search::staff_id.eq(me))
            .set((recent_search::is_cleared.eq(true), recent_search::query_enc.eq(Vec::<u8>::new())))
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }
}

impl PgTransaction<'_> {
    /// Empties what nobody will be shown any more.
    fn forget_old(&mut self, me: Uuid) -> Result<()> {
        Statement::<()>::new("UPDATE recent_search SET is_cleared = true, query_enc = '' WHERE tenant_id = ")
            .uuid(self.tenant_id())
            .sql(" AND staff_id = ")
            .uuid(me)
            .sql(" AND id IN (SELECT r.id FROM recent_search r WHERE r.tenant_id = ")
            .uuid(self.tenant_id())
            .sql(" AND r.staff_id = ")
            .uuid(me)
            .sql(" AND NOT r.is_cleared ORDER BY r.searched_at DESC, r.id DESC OFFSET ")
            .number(KEPT)
            .sql(")")
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }
}

/// The column's name where a query is sealed: it names the person, whose alone it is.
fn column(staff: Uuid) -> String {
    format!("query_enc/{staff}")
}
