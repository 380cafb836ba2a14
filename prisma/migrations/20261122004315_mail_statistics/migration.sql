-- As for the records: read by key, so without statistics about shops (see records_statistics).
ALTER TABLE consent_events ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE consent_pushes ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE suppressions ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE email_templates ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE email_words ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE send_decisions ALTER COLUMN shop_id SET STATISTICS 0;

-- One index for both questions made each look through the answers of the other.
DROP INDEX messages_deliverable;
-- Claiming: what is due in a shop, oldest first; and which shops have something due.
CREATE INDEX messages_queued ON messages (shop_id, next_attempt_at, id) WHERE status = 'queued';
-- Leases that ran out.
CREATE INDEX messages_leased ON messages (shop_id, lease_until) WHERE status = 'sending';
