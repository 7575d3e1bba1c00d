//! Colleagues and teams.

use crate::stage::{HILLSIDE, RIVERSIDE, Stage, run};
use threadwell_application::access::{Action, Caller};
use threadwell_domain::access::Role;
use threadwell_domain::thread::{Assignee, Category, CategorySet};
use threadwell_domain::{StaffId, TeamId};
use uuid::Uuid;

struct Crew {
    stage: Stage,
    caller: Caller,
    ids: Vec<(Role, StaffId)>,
}

impl Crew {
    fn hire() -> Self {
        let stage = Stage::set();
        let hired = Role::ALL.into_iter().map(|role| {
            (role, stage.add_staff(RIVERSIDE, role, &format!("{}@riverside.example", role.name())))
        });
        let ids: Vec<_> = hired.collect();
        let caller = stage.staff_caller(RIVERSIDE, ids[0].1);
        Self { stage, caller, ids }
    }

    fn id(&self, wanted: Role) -> StaffId {
        self.ids.iter().find(|(role, _)| *role == wanted).unwrap().1
    }

    fn can_take(&self, assignee: Assignee, category: Category) -> bool {
        run(&*self.stage.store, &self.caller, Action::ListStaff, |tx| {
            tx.people().can_take(assignee, category)
        })
        .unwrap()
    }

    fn team(&self, name: &str) -> TeamId {
        let teams =
            run(&*self.stage.store, &self.caller, Action::ListTeams, |tx| tx.people().teams()).unwrap();
        teams.into_iter().find(|team| team.name == name).unwrap().id
    }
}

#[test]
fn active_colleagues_are_listed_by_name_with_what_their_role_sees() {
    let crew = Crew::hire();
    crew.stage.add_staff(HILLSIDE, Role::Nurse, "nurse@hillside.example");
    crew.stage.admin("UPDATE staff_user SET is_active = false WHERE role = 2");
    crew.stage.admin("UPDATE role_scope SET categories = 1 WHERE role = 4");
    let staff = run(&*crew.stage.store, &crew.caller, Action::ListStaff, |tx| tx.people().staff()).unwrap();
    let roles: Vec<_> = staff.iter().map(|one| one.role).collect();
    assert_eq!(
        roles,
        [Role::Admin, Role::Auditor, Role::Billing, Role::FrontDesk, Role::MedicalAssistant, Role::Provider]
    );
    let seen = |role| staff.iter().find(|one| one.role == role).unwrap().categories;
    assert_eq!(seen(Role::FrontDesk), CategorySet::of(&[Category::General]), "as the practice decided");
    assert_eq!(seen(Role::Auditor), CategorySet::NONE);
    assert_eq!(seen(Role::Provider), CategorySet::ALL);
}

#[test]
fn new_people_join_the_teams_of_their_role() {
    let crew = Crew::hire();
    let teams = run(&*crew.stage.store, &crew.caller, Action::ListTeams, |tx| tx.people().teams()).unwrap();
    let members: Vec<_> = teams
        .iter()
        .map(|team| (team.name.as_str(), team.members.iter().map(|(id, _)| *id).collect::<Vec<_>>()))
        .collect();
    let triage = vec![crew.id(Role::MedicalAssistant), crew.id(Role::Nurse)];
    assert_eq!(
        members,
        [
            ("Billing", vec![crew.id(Role::Billing)]),
            ("Front desk", vec![crew.id(Role::FrontDesk)]),
            ("Triage", triage)
        ]
    );
    crew.stage.admin("UPDATE staff_user SET is_active = false WHERE role = 2");
    let teams = run(&*crew.stage.store, &crew.caller, Action::ListTeams, |tx| tx.people().teams()).unwrap();
    assert_eq!(teams.iter().map(|team| team.members.len()).collect::<Vec<_>>(), [1, 1, 1]);
}

#[test]
fn a_thread_goes_to_an_active_person_who_sees_its_category() {
    let crew = Crew::hire();
    let person = |role| Assignee::Staff(crew.id(role));
    assert!(crew.can_take(person(Role::Nurse), Category::Medical));
    assert!(crew.can_take(person(Role::FrontDesk), Category::Appointment));
    assert!(!crew.can_take(person(Role::FrontDesk), Category::Medical));
    assert!(!crew.can_take(person(Role::Auditor), Category::General));
    crew.stage.admin("UPDATE staff_user SET is_active = false WHERE role = 2");
    assert!(!crew.can_take(person(Role::Nurse), Category::Medical));
}

#[test]
fn a_thread_goes_to_a_team_with_such_a_member() {
    let crew = Crew::hire();
    let team = |name| Assignee::Team(crew.team(name));
    assert!(crew.can_take(team("Triage"), Category::Medical));
    assert!(crew.can_take(team("Billing"), Category::Billing));
    assert!(!crew.can_take(team("Billing"), Category::Medical));
    crew.stage.admin("UPDATE staff_user SET is_active = false WHERE role = 5");
    assert!(!crew.can_take(team("Billing"), Category::Billing));
}

/// A05: a foreign person or team is like one that does not exist.
#[test]
fn nobody_of_another_practice_takes_a_thread() {
    let crew = Crew::hire();
    let foreign = crew.stage.add_staff(HILLSIDE, Role::Admin, "admin@hillside.example");
    let foreign_caller = crew.stage.staff_caller(HILLSIDE, foreign);
    let teams =
        run(&*crew.stage.store, &foreign_caller, Action::ListTeams, |tx| tx.people().teams()).unwrap();
    for assignee in [
        Assignee::Staff(foreign),
        Assignee::Team(teams[0].id),
        Assignee::Staff(StaffId::new(Uuid::now_v7())),
        Assignee::Team(TeamId::new(Uuid::now_v7())),
    ] {
        assert!(!crew.can_take(assignee, Category::General));
    }
}
