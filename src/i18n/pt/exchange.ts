import type { Translation } from '../catalogue.ts';
import type { exchange as english } from '../en/exchange.ts';

/** Sede: o que diz a faixa, porque um lote não foi aceite, e a autorização de venda. */
export const exchange: Translation<typeof english> = {
  'strip.office.stand-alone': 'Posto autónomo: limites próprios',
  'strip.office.not-enrolled': 'Não inscrito na sede',
  'strip.office.asked': 'À espera da sede',
  'strip.office.enrolled':
    '{waiting, plural, =0 {Sede em dia} one {# lote por enviar} other {# lotes por enviar}}',
  'strip.office.sent':
    '{waiting, plural, one {# lote enviado, sem resposta} other {# lotes enviados, sem resposta}}',
  'strip.office.busy': 'Troca com a sede',
  'strip.office.problem': 'Sede: a verificar',
  'strip.allowance.value': 'Ainda {value} para vender',
  'strip.allowance.tokens': '{tokens, plural, one {ainda # venda} other {ainda # vendas}}',
  'strip.allowance.minutes': '{hours, plural, one {ainda # hora} other {ainda # horas}}',
  'error.allowance-value.cashier':
    'A sede permite mais {left} de vendas aqui. Use um valor menor, ou chame o supervisor para obter nova autorização.',
  'error.allowance-value.customer': 'Não posso vender tanto agora. Um valor menor pode servir.',
  'error.allowance-tokens.cashier':
    'O número de vendas que a sede permitiu acabou. Chame o supervisor para obter nova autorização.',
  'error.allowance-tokens.customer': 'A máquina não pode vender neste momento.',
  'error.allowance-time.cashier':
    'O tempo em que a sede permitiu vendas acabou. Chame o supervisor para obter nova autorização.',
  'error.allowance-time.customer': 'A máquina não pode vender neste momento.',
  'error.allowance-per-sale.cashier': 'A sede permite no máximo {limit} numa venda aqui. Use um valor menor.',
  'error.allowance-per-sale.customer': 'Posso vender no máximo {limit} de cada vez.',
  'error.stand-alone.cashier':
    'Este posto não tem sede nas definições: vende com os seus próprios limites. Nada foi enviado.',
  'error.stand-alone.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.head-office-unreachable.cashier':
    'Não se consegue chegar à sede ({reason}). Continue a vender: tenta-se de novo sozinho.',
  'error.head-office-unreachable.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.enrolment-reply.cashier':
    'A resposta da sede à inscrição não foi aceite ({reason}). Inscreva de novo.',
  'error.enrolment-reply.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.not-enrolled.cashier': 'Este posto não está inscrito na sede. Peça um código à sede e inscreva-o.',
  'error.not-enrolled.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.training-alone.cashier': 'O treino não envia nada à sede. Nada foi alterado.',
  'error.training-alone.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.ack-gap.cashier':
    'Falta à sede um lote anterior deste posto. Envie tudo de novo; se não resolver, chame a sede.',
  'error.ack-gap.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.ack-bad-signature.cashier':
    'A sede não conhece a assinatura deste posto. Compare as impressões com a sede; inscreva de novo se diferirem.',
  'error.ack-bad-signature.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.ack-damaged.cashier':
    'Um lote chegou danificado à sede. É enviado de novo sozinho; se continuar, chame a sede.',
  'error.ack-damaged.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.ack-totals-mismatch.cashier':
    'A sede conta outros totais num lote do que este posto. Continue a vender e chame a sede.',
  'error.ack-totals-mismatch.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.ack-fork.cashier':
    'A sede tem outros registos com os números deste posto: uma cópia pode estar em uso. Pare de vender e chame a sede.',
  'error.ack-fork.customer': 'A máquina não pode vender neste momento.',
  'error.ack-new-epoch.cashier':
    'Este posto foi restaurado ou tem uma chave nova. Peça um código à sede e inscreva-o de novo.',
  'error.ack-new-epoch.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.ack-retired.cashier': 'A sede retirou este posto. Pare de vender e chame a sede.',
  'error.ack-retired.customer': 'A máquina não pode vender neste momento.',
  'error.package-refused.cashier':
    'Dados da sede não foram aceites; o que valia antes continua a valer. Chame a sede.',
  'error.package-refused.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.package-left.cashier':
    'A sede devolveu o que esta máquina tinha perdido, mas nem tudo pôde ser aceite. Continue a vender; um supervisor encontra-o no relatório de auditoria, em “Pacote da sede”.',
  'error.package-left.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.office-station-name.cashier': '{station} não é nome de posto: 1 a 12 sinais A-Z e 0-9.',
  'error.office-station-name.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.office-station-unknown.cashier': 'A sede não conhece o posto {station}. Acrescente-o primeiro.',
  'error.office-station-unknown.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.office-enrol-code.cashier':
    'O pedido de {station} não foi feito com o código aberto. Dê-lhe um código novo.',
  'error.office-enrol-code.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.office-enrol-epoch.cashier':
    'Outra chave de {station} já assinou a época {epoch}. O posto tem de começar uma época nova: inscreva-o de novo lá.',
  'error.office-enrol-epoch.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.office-missing.cashier': 'Não há sede em {folder}. Crie-a com init.',
  'error.office-missing.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
  'error.publish-file.cashier': '{file} não foi lido em {where}: {reason}. Nada foi publicado.',
  'error.publish-file.customer': 'Os dados da máquina estão a ser tratados; demora um momento.',
};
