import { useFetcher } from '@remix-run/react';
import { Button } from '@shopify/polaris';
import { saveCsv } from './save-file';
import { useAnswer } from './use-answer';

/** A table as a file. It is fetched with the session's token, which a plain link would not carry, and then saved. */
export function CsvDownload({ from, children }: { from: string; children: string }) {
  const fetcher = useFetcher<{ name: string; file: string }>();
  useAnswer(fetcher.data, ({ name, file }) => saveCsv(name, file));
  return (
    <Button loading={fetcher.state !== 'idle'} onClick={() => fetcher.load(from)}>
      {children}
    </Button>
  );
}
