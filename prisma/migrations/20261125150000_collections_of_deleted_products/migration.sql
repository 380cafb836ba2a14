-- No import tells the collections of a deleted product any more: lines that wait for them are decided by none.
UPDATE products SET collection_ids = '{}' WHERE deleted_at IS NOT NULL AND collection_ids IS NULL;
