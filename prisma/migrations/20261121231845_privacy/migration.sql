-- How far the deliveries of a shop were searched for people who were erased. A new erasure starts from the beginning.
CREATE TABLE delivery_scans (
  shop_id integer PRIMARY KEY,
  scanned_to bigint NOT NULL
);
SELECT perennial_protect('delivery_scans');
