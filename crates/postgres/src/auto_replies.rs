//! What the practice answers by itself to a new thread.

use crate::errors::{corrupt, unavailable};
use crate::schema::auto_reply;
use crate::transaction::PgTransaction;
use diesel::prelude::*;
use threadwell_application::Result;
use threadwell_application::ports::{AutoReplies, AutoReplyView};
use threadwell_domain::Moment;
use threadwell_domain::message::MessageBody;
use threadwell_domain::thread::Category;

impl AutoReplies for PgTransaction<'_> {
    fn all(&mut self) -> Result<Vec<AutoReplyView>> {
        let tenant = self.tenant_id();
        let rows = auto_reply::table
            .filter(auto_reply::tenant_id.eq(tenant))
            .order(auto_reply::category)
            .select((
                auto_reply::category,
                auto_reply::message,
                auto_reply::is_active,
                auto_reply::updated_at,
            ))
            .load::<(i16, String, bool, Moment)>(self.conn)
            .map_err(unavailable)?;
        let view = |(code, message, is_active, at)| {
            let category =
                Category::from_code(code).ok_or_else(|| corrupt("auto_reply", "category", tenant))?;
            Ok(AutoReplyView { category, message, is_active, updated_at: Some(at) })
        };
        rows.into_iter().map(view).collect()
    }

    fn active_for(&mut self, category: Category) -> Result<Option<MessageBody>> {
        let tenant = self.tenant_id();
        auto_reply::table
            .filter(auto_reply::tenant_id.eq(tenant))
            .filter(auto_reply::category.eq(category.code()))
            .filter(auto_reply::is_active)
            .select(auto_reply::message)
            .first::<String>(self.conn)
            .optional()
            .map_err(unavailable)?
            .map(|text| MessageBody::parse(&text).map_err(|_| corrupt("auto_reply", "message", tenant)))
            .transpose()
    }

    fn put(&mut self, category: Category, message: Option<&MessageBody>, is_active: bool) -> Result<()> {
        let (tenant, now, author) = (self.tenant_id(), self.now, self.author());
        let values = (
            auto_reply::message.eq(message.map_or("", |text| text.as_phi().expose())),
            auto_reply::is_active.eq(is_active),
            auto_reply::updated_at.eq(now),
            auto_reply::updated_by.eq(author),
        );
        diesel::insert_into(auto_reply::table)
            .values((auto_reply::tenant_id.eq(tenant), auto_reply::category.eq(category.code()), values))
            .on_conflict((auto_reply::tenant_id, auto_reply::category))
            .do_update()
            .set(values)
            .execute(self.conn)
            .map_err(unavailable)?;
        Ok(())
    }
}
