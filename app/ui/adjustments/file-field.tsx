import { BlockStack, Button, DropZone, InlineError, InlineStack, Text } from '@shopify/polaris';
import { mostBytes } from '~/modules/loyalty/types';
import { t } from '../i18n';
import { saveCsv } from '../save-file';

interface FileFieldProps {
  name: string;
  error: string | undefined;
  onFile: (name: string, text: string) => void;
  onError: (error: string) => void;
}

/** The CSV file, read in the browser: what is no text, or too much of it, never leaves it. */
export function FileField({ name, error, onFile, onError }: FileFieldProps) {
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    if (file.size > mostBytes) {
      onError(t('adjustments.file.tooLarge'));
      return;
    }
    try {
      onFile(file.name, new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()));
    } catch {
      onError(t('adjustments.file.notText'));
    }
  };
  return (
    <BlockStack gap="200">
      <DropZone
        label={t('adjustments.form.file')}
        id="adjustments-file"
        allowMultiple={false}
        variableHeight
        onDrop={(files) => void take(files[0])}
      >
        <div style={{ padding: 'var(--p-space-400)', textAlign: 'center' }}>
          <BlockStack gap="100">
            <Text as="span" fontWeight="semibold">
              {name === '' ? t('adjustments.form.choose') : name}
            </Text>
            <Text as="span" tone="subdued" variant="bodySm">
              {name === '' ? t('adjustments.form.fileHelp') : t('adjustments.form.chooseOther')}
            </Text>
          </BlockStack>
        </div>
      </DropZone>
      {error && <InlineError message={error} fieldID="adjustments-file" />}
      <InlineStack align="start">
        <Button variant="plain" onClick={() => saveCsv('points-example.csv', example)}>
          {t('adjustments.form.example')}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

const example =
  'email,points,reason\r\nanna@example.com,100,Thank you\r\nben@example.com,-50,Wrong order\r\n';
