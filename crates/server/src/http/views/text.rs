//! What a view is to be.

use super::filter::ViewFilter;
use crate::http::error::ApiResult;
use crate::http::fields::Fields;
use serde::Deserialize;
use threadwell_application::ports::ViewText;
use threadwell_domain::view::ViewName;
use utoipa::ToSchema;

/// A view to be kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewView {
    /// 1 to 60 characters on one line.
    #[schema(min_length = 1, max_length = 60, example = "Refills that wait")]
    name: String,
    /// Whether colleagues see it too.
    is_shared: bool,
    filter: ViewFilter,
}

impl NewView {
    pub(super) fn parse(&self) -> ApiResult<ViewText> {
        let mut fields = Fields::default();
        let name = fields.check("/name", ViewName::parse(&self.name));
        let assignee = self.filter.check(&mut fields);
        let (is_shared, filter) = (self.is_shared, self.filter.as_phi());
        fields.finish(name.map(|name| ViewText { name, is_shared, filter, assignee }))
    }
}
