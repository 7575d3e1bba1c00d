DROP TABLE patient_access;
DROP TABLE portal_account;
DROP TABLE patient_search;
DROP TABLE patient;
