-- Whose reward, or whose friend's code, a discount was that is deleted in Shopify: other apps delete thousands a day.
CREATE INDEX redemptions_of_discount ON redemptions (shop_id, discount_id) WHERE discount_id IS NOT NULL;
CREATE INDEX referrals_of_discount ON referrals (shop_id, discount_id) WHERE discount_id IS NOT NULL;
