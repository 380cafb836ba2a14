import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Button } from '@shopify/polaris';
import { useState } from 'react';
import { ConfirmModal } from '../confirm-modal';
import { t, word } from '../i18n';
import { useAnswer } from '../use-answer';

interface FlowSwitchProps {
  flowKey: string;
  enabled: boolean;
  /** The most important thing to do on the page. */
  primary?: boolean;
}

/** Turns a flow on, or after a question off. Posts to the page of the flow. */
export function FlowSwitch({ flowKey, enabled, primary = false }: FlowSwitchProps) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<{ enabled: boolean }>();
  const [asking, setAsking] = useState(false);
  const result = fetcher.data;
  const flow = word('flows.name', flowKey);

  useAnswer(result, (answer) => {
    shopify.toast.show(answer.enabled ? t('flows.turnedOn') : t('flows.turnedOff'));
  });

  const turn = (on: boolean) => {
    setAsking(false);
    fetcher.submit(
      { intent: 'switch', enabled: String(on) },
      { method: 'post', action: `/app/flows/${flowKey}` },
    );
  };
  return (
    <>
      <Button
        variant={primary && !enabled ? 'primary' : undefined}
        loading={fetcher.state !== 'idle'}
        onClick={() => (enabled ? setAsking(true) : turn(true))}
        accessibilityLabel={enabled ? t('flows.turnOffNamed', { flow }) : t('flows.turnOnNamed', { flow })}
      >
        {enabled ? t('flows.turnOff') : t('flows.turnOn')}
      </Button>
      <ConfirmModal
        id={`turn-off-${flowKey}`}
        open={asking}
        title={t('flows.turnOffTitle')}
        text={t('flows.turnOffText')}
        confirm={t('flows.turnOff')}
        destructive
        onConfirm={() => turn(false)}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
