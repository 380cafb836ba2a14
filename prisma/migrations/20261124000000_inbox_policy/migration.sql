-- A shop's deliveries are known by its domain. Looked up where it is asked for, and not at the beginning of each transaction.
ALTER POLICY tenant ON inbox_events
  USING (shop_domain = (SELECT domain FROM shops WHERE id = nullif(current_setting('app.shop_id', true), '')::int));
