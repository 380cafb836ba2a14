import { useFetcher } from '@remix-run/react';
import { Button } from '@shopify/polaris';
import { useEffect, useRef } from 'react';
import { saveCsv } from './save-file';

/** A table as a file. It is fetched with the session's token, which a plain link would not carry, and then saved. */
export function CsvDownload({ from, children }: { from: string; children: string }) {
  const fetcher = useFetcher<{ name: string; file: string }>();
  const saved = useRef<unknown>(undefined);
  const result = fetcher.data;
  useEffect(() => {
    if (!result || saved.current === result) return;
    saved.current = result;
    saveCsv(result.name, result.file);
  }, [result]);
  return (
    <Button loading={fetcher.state !== 'idle'} onClick={() => fetcher.load(from)}>
      {children}
    </Button>
  );
}
