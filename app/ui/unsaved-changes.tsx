import { useBeforeUnload, useBlocker } from '@remix-run/react';
import { SaveBar, useAppBridge } from '@shopify/app-bridge-react';
import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { t } from './i18n';

interface UnsavedForm {
  saving: boolean;
  save: () => void;
  discard: () => void;
}

const AddForm = createContext<(form: UnsavedForm) => () => void>(() => () => undefined);

interface UnsavedChangesProps {
  dirty: boolean;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** Says of a form that it has something to save: the frame shows the save bar meanwhile, and lets nobody leave unasked. */
export function UnsavedChanges({ dirty, saving, onSave, onDiscard }: UnsavedChangesProps) {
  const addForm = useContext(AddForm);
  const latest = useRef({ onSave, onDiscard });
  useEffect(() => {
    latest.current = { onSave, onDiscard };
  });
  useEffect(() => {
    if (!dirty) return;
    return addForm({
      saving,
      save: () => latest.current.onSave(),
      discard: () => latest.current.onDiscard(),
    });
  }, [addForm, dirty, saving]);
  return null;
}

/** The admin's save bar around every page: one for all forms of a page, as there is one bar and one way out. */
export function UnsavedChangesFrame({ children }: { children: ReactNode }) {
  // Asked while a page is left, which may be before the next drawing: a form that was just saved leads on to its list.
  const forms = useRef(new Set<UnsavedForm>());
  const [unsaved, setUnsaved] = useState<UnsavedForm[]>([]);
  const addForm = useCallback((form: UnsavedForm) => {
    forms.current.add(form);
    setUnsaved([...forms.current]);
    return () => {
      forms.current.delete(form);
      setUnsaved([...forms.current]);
    };
  }, []);
  useLeaveConfirmation(() => forms.current.size > 0);
  const saving = unsaved.some((form) => form.saving);
  return (
    <AddForm.Provider value={addForm}>
      {children}
      <SaveBar id="unsaved-changes" open={unsaved.length > 0}>
        <button
          type="button"
          variant="primary"
          onClick={() => unsaved.forEach((form) => form.save())}
          {...(saving && { loading: '' })}
        >
          {t('common.save')}
        </button>
        <button type="button" onClick={() => unsaved.forEach((form) => form.discard())}>
          {t('common.discard')}
        </button>
      </SaveBar>
    </AddForm.Provider>
  );
}

function useLeaveConfirmation(isDirty: () => boolean): void {
  const shopify = useAppBridge();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty() && currentLocation.pathname !== nextLocation.pathname,
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
    if (isDirty()) event.preventDefault();
  });
}
