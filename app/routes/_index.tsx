import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';

export const meta: MetaFunction = () => [{ title: 'Perennial' }];

/** Shopify opens the app here too; anybody else gets a word about what this is. There is no form for a shop's domain. */
export function loader({ request }: LoaderFunctionArgs) {
  const { search, searchParams } = new URL(request.url);
  if (searchParams.has('shop')) throw redirect(`/app${search}`);
  return null;
}

export default function Index() {
  return (
    <main
      style={{
        maxWidth: '36rem',
        margin: '20vh auto',
        padding: '0 1.5rem',
        font: '1rem/1.6 system-ui, sans-serif',
      }}
    >
      <h1>Perennial</h1>
      <p>
        Brings customers back: one profile per person, loyalty points, and e-mails at the right time, with
        consent.
      </p>
      <p>Install it from the Shopify App Store, then open it in your Shopify admin.</p>
    </main>
  );
}
