import { FaultScreen } from '../screens/fault/FaultScreen.tsx';
import { readFault } from '../screens/fault/read-fault.ts';
import { showPage } from './providers.tsx';

showPage(<FaultScreen fault={readFault(window.location.search)} />);
