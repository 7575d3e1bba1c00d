DROP TABLE canned_response_version;
DROP TABLE canned_response;
DROP TABLE auto_reply;
