export interface PrivacyRequestRow {
  id: string;
  kind: string;
  customerId: string | null;
  status: string;
  requestedAt: string;
  dueAt: string;
  finishedAt: string | null;
  hasExport: boolean;
}
