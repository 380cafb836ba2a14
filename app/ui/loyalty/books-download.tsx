import type { AccountingUnit } from '~/modules/loyalty/types';
import { CsvDownload } from '../csv-download';
import { t } from '../i18n';

/** The books as a file. */
export function BooksDownload({ unit }: { unit: AccountingUnit }) {
  return (
    <CsvDownload from={`/app/loyalty/accounts/export?unit=${unit}`}>
      {t('loyalty.accounts.export')}
    </CsvDownload>
  );
}
