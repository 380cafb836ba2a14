-- From when on a code can be used, where the merchant moved its start in Shopify; null: at once.
ALTER TABLE redemptions ADD COLUMN starts_at timestamptz(3);
ALTER TABLE referrals ADD COLUMN offer_starts_at timestamptz(3);
ALTER TABLE referral_pools ADD COLUMN starts_at timestamptz(3);
