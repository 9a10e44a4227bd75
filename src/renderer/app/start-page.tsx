import { StartScreen } from '../screens/start/StartScreen.tsx';
import { showPage } from './providers.tsx';

showPage(<StartScreen />);
