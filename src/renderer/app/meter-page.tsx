import { MeterScreen } from '../screens/virtual-meter/MeterScreen.tsx';
import { showPage } from './providers.tsx';

showPage(<MeterScreen />);
