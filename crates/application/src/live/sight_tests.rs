use super::*;
use crate::ports::FeedPlace;
use threadwell_domain::TenantId;
use threadwell_domain::thread::Category;
use uuid::Uuid;

const fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn change(audience: Audience, kind: ChangeKind, before: Category, now: Category) -> Published {
    Published {
        place: FeedPlace { transaction: 7, id: id(1) },
        tenant: TenantId::new(id(2)),
        kind,
        audience,
        about: About::Thread {
            thread: ThreadId::new(id(3)),
            patient: PatientId::new(id(4)),
            message: Some(MessageId::new(id(5))),
            category: now,
            categories: CategorySet::of(&[before, now]),
            is_confidential: false,
            is_withdrawn: false,
        },
        only: None,
        by: Some(Doer::Staff(StaffId::new(id(6)))),
    }
}

fn staff(categories: &[Category]) -> Sight {
    Sight::Staff { staff: StaffId::new(id(9)), categories: CategorySet::of(categories) }
}

fn portal(account: u128, patient: u128, sees_confidential: bool) -> Sight {
    Sight::Portal {
        account: AccountId::new(id(account)),
        patient: PatientId::new(id(patient)),
        sees_confidential,
    }
}

fn kind_of(told: Option<Told>) -> Option<&'static str> {
    match told? {
        Told::Thread { kind, .. } => Some(kind.name()),
        Told::Notification { .. } => Some("notification"),
        Told::Practice => Some("practice"),
    }
}

#[test]
fn staff_hear_of_what_they_see_and_that_it_went_and_of_nothing_else() {
    use Category::{Billing, Medical};
    for (sees, before, now, expected) in [
        (Medical, Medical, Medical, Some("fields")),
        (Medical, Billing, Medical, Some("fields")),
        (Billing, Billing, Medical, Some("gone")),
        (Billing, Medical, Medical, None),
    ] {
        let told = staff(&[sees]).tells(&change(Audience::Staff, ChangeKind::Fields, before, now));
        assert_eq!(kind_of(told), expected, "{sees:?}: {before:?} to {now:?}");
    }
}

#[test]
fn what_went_names_neither_message_nor_doer() {
    let moved = change(Audience::Staff, ChangeKind::Message, Category::Billing, Category::Medical);
    let told = staff(&[Category::Billing]).tells(&moved);
    assert!(matches!(told, Some(Told::Thread { kind: ToldKind::Gone, message: None, by: None, .. })));
}

#[test]
fn what_is_for_one_person_reaches_nobody_else() {
    let mut mine = change(Audience::Staff, ChangeKind::Read, Category::Medical, Category::Medical);
    mine.only = Some(StaffId::new(id(9)));
    assert!(staff(&[Category::Medical]).tells(&mine).is_some());
    mine.only = Some(StaffId::new(id(10)));
    assert!(staff(&[Category::Medical]).tells(&mine).is_none());
    mine.about = About::Notification { id: NotificationId::new(id(11)), thread: ThreadId::new(id(3)) };
    mine.kind = ChangeKind::Notification;
    assert!(staff(&[Category::Medical]).tells(&mine).is_none());
    mine.only = Some(StaffId::new(id(9)));
    assert_eq!(kind_of(staff(&[]).tells(&mine)), Some("notification"));
    mine.only = None;
    assert!(staff(&[Category::Medical]).tells(&mine).is_none(), "a notification for nobody is for nobody");
}

#[test]
fn staff_alone_hear_how_the_practice_is_arranged() {
    let mut moved = change(Audience::Staff, ChangeKind::Practice, Category::Medical, Category::Medical);
    moved.about = About::Practice;
    assert_eq!(kind_of(staff(&[]).tells(&moved)), Some("practice"));
    assert_eq!(portal(1, 4, true).tells(&moved), None);
    moved.audience = Audience::Portal;
    assert_eq!(portal(1, 4, true).tells(&moved), None, "not even where one was written for them");
    moved.audience = Audience::Staff;
    moved.only = Some(StaffId::new(id(8)));
    assert_eq!(kind_of(staff(&[]).tells(&moved)), None, "an own view is its owner's");
}

#[test]
fn a_patients_side_hears_public_changes_of_its_own_patient_alone() {
    for kind in ChangeKind::ALL {
        let told = change(Audience::Staff, kind, Category::Medical, Category::Medical);
        assert_eq!(portal(1, 4, true).tells(&told), None, "{kind:?} for staff");
        let public = Published {
            by: Some(Doer::Account(AccountId::new(id(1)))),
            ..change(Audience::Portal, kind, Category::Medical, Category::Medical)
        };
        assert_eq!(portal(1, 4, true).tells(&public).is_some(), kind.is_public(), "{kind:?}");
        assert_eq!(portal(1, 5, true).tells(&public), None, "{kind:?} of another patient");
        assert_eq!(staff(&Category::ALL).tells(&public), None, "{kind:?} for patients");
    }
}

#[test]
fn a_proxy_hears_that_a_thread_is_gone_and_the_patient_that_it_changed() {
    let mut hidden = change(Audience::Portal, ChangeKind::Fields, Category::Medical, Category::Medical);
    if let About::Thread { is_withdrawn, .. } = &mut hidden.about {
        *is_withdrawn = true;
    }
    let told = |sees_confidential| match portal(1, 4, sees_confidential).tells(&hidden) {
        Some(Told::Thread { kind, .. }) => Some(kind),
        Some(Told::Notification { .. } | Told::Practice) | None => None,
    };
    assert_eq!(told(false), Some(ToldKind::Gone));
    assert_eq!(told(true), Some(ToldKind::Changed(ChangeKind::Fields)));
}

#[test]
fn a_proxy_hears_nothing_of_confidential_threads_and_of_anothers_reading() {
    let mut public = change(Audience::Portal, ChangeKind::Message, Category::Medical, Category::Medical);
    if let About::Thread { is_confidential, .. } = &mut public.about {
        *is_confidential = true;
    }
    assert!(portal(1, 4, false).tells(&public).is_none());
    assert!(portal(1, 4, true).tells(&public).is_some());
    public.kind = ChangeKind::Read;
    public.by = Some(Doer::Account(AccountId::new(id(2))));
    assert!(portal(1, 4, true).tells(&public).is_none());
    assert!(portal(2, 4, true).tells(&public).is_some());
}
