-- Messages page: what was not sent, and the tests, each newest first.
CREATE INDEX send_decisions_against ON send_decisions (shop_id, decided_at DESC, id DESC) WHERE outcome <> 'send';
CREATE INDEX messages_tests ON messages (shop_id, created_at DESC, id DESC) WHERE kind = 'test';
