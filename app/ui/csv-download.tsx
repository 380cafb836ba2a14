import { useFetcher } from '@remix-run/react';
import { Button } from '@shopify/polaris';
import { useEffect, useRef } from 'react';

/** A table as a file. It is fetched with the session's token, which a plain link would not carry, and then saved. */
export function CsvDownload({ from, children }: { from: string; children: string }) {
  const fetcher = useFetcher<{ name: string; file: string }>();
  const saved = useRef<unknown>(undefined);
  const result = fetcher.data;
  useEffect(() => {
    if (!result || saved.current === result) return;
    saved.current = result;
    // The mark in front tells spreadsheets that the text is UTF-8.
    const url = URL.createObjectURL(new Blob(['\ufeff', result.file], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = result.name;
    link.click();
    URL.revokeObjectURL(url);
  }, [result]);
  return (
    <Button loading={fetcher.state !== 'idle'} onClick={() => fetcher.load(from)}>
      {children}
    </Button>
  );
}
