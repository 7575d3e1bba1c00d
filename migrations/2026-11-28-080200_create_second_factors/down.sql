DROP TABLE sign_in_ticket;
DROP TABLE recovery_code;
DROP TABLE second_factor;
