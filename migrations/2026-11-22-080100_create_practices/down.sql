DROP TABLE tenant_key;
DROP TABLE tenant;
