import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Refused } from '../api/ask.ts';
import '../design/tokens.css';
import '../design/ui.css';
import '../design/parts.css';
import { applyTheme, chosenTheme } from '../shell/theme.ts';
import { App } from './app.tsx';

/** What was refused stays refused; only a server that is away is asked again. */
const MOST_RETRIES = 2;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) =>
        failures < MOST_RETRIES && !(error instanceof Refused && error.status < 500),
    },
  },
});

applyTheme(chosenTheme());
const root = document.getElementById('root');
if (root === null) throw new Error('the document has no place for the pages');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
