import { useBeforeUnload, useBlocker } from '@remix-run/react';
import { SaveBar, useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';
import { t } from './i18n';

interface UnsavedChangesProps {
  id: string;
  dirty: boolean;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** The admin's save bar, shown while there is something to save. The page cannot be left meanwhile without saying so. */
export function UnsavedChanges({ id, dirty, saving, onSave, onDiscard }: UnsavedChangesProps) {
  const shopify = useAppBridge();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname,
  );

  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    const ask = async () => {
      await shopify.saveBar.leaveConfirmation();
      blocker.proceed();
    };
    ask().catch(() => blocker.reset());
  }, [blocker, shopify]);

  useBeforeUnload((event) => {
    if (dirty) event.preventDefault();
  });

  return (
    <SaveBar id={id} open={dirty}>
      <button type="button" variant="primary" onClick={onSave} {...(saving && { loading: '' })}>
        {t('common.save')}
      </button>
      <button type="button" onClick={onDiscard}>
        {t('common.discard')}
      </button>
    </SaveBar>
  );
}
