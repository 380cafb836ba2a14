import { Modal, TitleBar } from '@shopify/app-bridge-react';
import { Box, Text } from '@shopify/polaris';
import { t } from './i18n';
import { useInBrowser } from './use-in-browser';

interface ConfirmModalProps {
  id: string;
  open: boolean;
  title: string;
  text: string;
  confirm: string;
  destructive?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** A question before something that is not easily undone; the Shopify admin draws it. */
export function ConfirmModal({
  id,
  open,
  title,
  text,
  confirm,
  destructive,
  onConfirm,
  onClose,
}: ConfirmModalProps) {
  const inBrowser = useInBrowser();
  // App Bridge rebuilds the element as soon as it sees it, so it must not be part of what the server wrote.
  if (!inBrowser) return null;
  return (
    <Modal id={id} open={open} onHide={onClose}>
      <Box padding="400">
        <Text as="p">{text}</Text>
      </Box>
      <TitleBar title={title}>
        <button
          type="button"
          variant="primary"
          {...(destructive && { tone: 'critical' })}
          onClick={onConfirm}
        >
          {confirm}
        </button>
        <button type="button" onClick={onClose}>
          {t('common.cancel')}
        </button>
      </TitleBar>
    </Modal>
  );
}
