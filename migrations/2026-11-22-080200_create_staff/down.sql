DROP TABLE team_member;
DROP TABLE team;
DROP TABLE staff_user;
DROP TABLE role_scope;
