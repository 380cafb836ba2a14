-- The key leads with the shop, as everywhere: one index less to write, and a drain reads it in order.
ALTER TABLE inbox_events DROP CONSTRAINT inbox_events_pkey, ADD CONSTRAINT inbox_events_pkey PRIMARY KEY (shop_domain, id);
DROP INDEX inbox_events_by_shop;

-- Nobody looks for due deliveries over all shops: the sweep steps from shop to shop through inbox_events_pending.
-- Without this index the planner can't take it for a short cut (nearly everything pending is due) and sort the whole queue.
DROP INDEX inbox_events_due;
