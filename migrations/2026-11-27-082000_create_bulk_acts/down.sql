DROP TABLE bulk_act_thread;
DROP TABLE bulk_act;
