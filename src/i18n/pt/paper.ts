import type { Translation } from '../catalogue.ts';
import type { paper as english } from '../en/paper.ts';

export const paper: Translation<typeof english> = {
  'error.station-key-damaged.cashier':
    'Não é possível ler a chave de assinatura {file} do posto ({reason}). Reponha-a de uma cópia, ou retire-a e registe de novo o posto na sede.',
  'error.station-key-damaged.customer': 'A máquina precisa de um momento.',
  'error.station-key-missing.cashier':
    'Ainda não há chave de assinatura {file}. O posto cria-a quando é aberto pela primeira vez.',
  'error.station-key-missing.customer': 'A máquina precisa de um momento.',
  'error.station-key-text.cashier':
    'Isso não é a chave pública de um posto. Ela tem 64 algarismos hexadecimais; “station receipt key” mostra-a.',
  'error.station-key-text.customer': 'A máquina precisa de um momento.',
  'error.receipt-code-not-ours.cashier':
    'Este não é o código de um recibo: esses começam por KW1. Leia o quadrado no fundo do talão.',
  'error.receipt-code-not-ours.customer': 'Esse não é o código de um dos nossos recibos.',
  'error.receipt-code-damaged.cashier':
    'O código não está completo ou foi mal lido. Leia-o de novo, ou escreva o número do contador.',
  'error.receipt-code-damaged.customer':
    'Não consigo ler este código. Diga-me o número do seu contador, por favor.',
  'error.receipt-code-no-meter.cashier':
    'Este recibo é de um pagamento sem contador. Procure o cliente pelo nome ou número.',
  'error.receipt-code-no-meter.customer': 'Diga-me o número do seu contador, por favor.',
  'error.receipt-code-signature.cashier':
    'A assinatura não é da chave {keyId} do posto: outro posto fez este código, ou foi alterado depois.',
  'error.receipt-code-signature.customer': 'Não posso confirmar este recibo aqui.',
};
