-- Codes that end are looked at a day later: those that nobody used give their points back.
UPDATE redemptions SET next_attempt_at = expires_at + interval '1 day', attempts = 0
WHERE state = 'confirmed' AND expires_at IS NOT NULL AND next_attempt_at IS NULL;
