import { Counter } from './Counter.tsx';
import { showPage } from './providers.tsx';

showPage(<Counter />);
