import type { Translation } from '../catalogue.ts';
import type { receipt as english } from '../en/receipt.ts';

export const receipt: Translation<typeof english> = {
  'receipt.training': 'FORMAÇÃO - SEM VALIDADE',
  'receipt.private': 'CHAVES PRIVADAS - NÃO É REDE PÚBLICA',
  'receipt.original': 'ORIGINAL',
  'receipt.copy': 'CÓPIA {number}',
  'receipt.title.electricity': 'ELETRICIDADE PRÉ-PAGA',
  'receipt.title.water': 'ÁGUA PRÉ-PAGA',
  'receipt.title.gas': 'GÁS PRÉ-PAGO',
  'receipt.title.time': 'TEMPO PRÉ-PAGO',
  'receipt.title.payment': 'RECIBO DE PAGAMENTO',
  'receipt.title.management': 'SERVIÇO DO CONTADOR',
  'receipt.station': 'Posto',
  'receipt.operator': 'Caixa',
  'receipt.meter': 'Contador',
  'receipt.account': 'Conta',
  'receipt.token.credit': 'Código de recarga',
  'receipt.token.key-change': 'Código de mudança de chave',
  'receipt.token.free': 'Código grátis',
  'receipt.token.management': 'Código para o contador',
  'receipt.token.numbered': '{heading} {position} de {of}',
  'receipt.token.order': 'Digite todos os códigos, por esta ordem.',
  'receipt.units': 'Unidades',
  'receipt.amount': 'Valor',
  'receipt.no-token': 'Este pagamento não tem código.',
  'receipt.total': 'TOTAL',
  'receipt.received': 'Dinheiro',
  'receipt.change': 'Troco',
  'receipt.debt-before': 'Dívida antes',
  'receipt.debt-after': 'Dívida depois',
  'receipt.number': 'Recibo',
  'receipt.sale': 'Venda',
  'receipt.time': 'Data e hora',
  'receipt.fiscal-document': 'Documento fiscal',
  'receipt.fiscal-code': 'Código de verificação',
  'receipt.test-slip': 'TESTE DA IMPRESSORA',

  'error.printer-address.cashier':
    'A definição da impressora “{text}” não é um endereço. Escreva-o como nome:9100, ou [endereço]:9100 para IPv6.',
  'error.printer-address.customer': 'A impressora ainda não está configurada.',
  'error.printer-not-set-up.cashier':
    'Não há impressora configurada. O código está seguro; leia-o no ecrã e peça a um supervisor que configure a impressora.',
  'error.printer-not-set-up.customer': 'Aqui não há impressora; posso ler-lhe o código.',
  'error.printer-silent.cashier':
    'A impressora em {address} deixou de responder. Veja o talão: se não estiver completo, prima F5 para uma cópia marcada. O código está seguro.',
  'error.printer-silent.customer': 'A impressora parou. O seu código está seguro; posso lê-lo.',
  'error.printer-cut-off.cashier':
    'A ligação à impressora em {address} caiu durante a impressão. Veja o talão: se não estiver completo, prima F5 para uma cópia marcada.',
  'error.printer-cut-off.customer': 'A impressora parou. O seu código está seguro; posso lê-lo.',
  'error.printer-paper-out.cashier': 'A impressora não tem papel. O código está seguro. Troque o rolo.',
  'error.printer-paper-out.customer': 'Acabou o papel. O seu código está seguro; posso lê-lo.',
  'error.printer-paper-near-end.cashier':
    'O rolo de papel está quase no fim. Troque-o antes da próxima venda.',
  'error.printer-paper-near-end.customer': 'É preciso trocar o papel em breve.',
  'error.printer-cover-open.cashier':
    'A tampa da impressora está aberta. O código está seguro. Feche a tampa.',
  'error.printer-cover-open.customer': 'A impressora está aberta. O seu código está seguro; posso lê-lo.',
  'error.printer-cutter.cashier':
    'A lâmina da impressora está presa. O código está seguro. Desligue a impressora, solte o papel, ligue-a.',
  'error.printer-cutter.customer': 'A impressora está encravada. O seu código está seguro; posso lê-lo.',
  'error.printer-fault.cashier':
    'A impressora comunica uma avaria que não consegue resolver. O código está seguro. Desligue e ligue a impressora; se continuar, chame o supervisor.',
  'error.printer-fault.customer': 'A impressora tem uma avaria. O seu código está seguro; posso lê-lo.',
  'error.printer-offline.cashier':
    'A impressora está fora de linha. O código está seguro. Prima o botão de avanço ou de ligação dela.',
  'error.printer-offline.customer': 'A impressora não está pronta. O seu código está seguro; posso lê-lo.',
  'error.print-interrupted.cashier':
    'O programa parou enquanto este talão era impresso. Se o cliente não tem o talão inteiro, prima F5 para uma cópia marcada.',
  'error.print-interrupted.customer': 'O seu talão saiu inteiro?',
  'error.print-expired.cashier':
    'Este talão não foi impresso a tempo, por isso já não se imprime sozinho. Prima F5 para o imprimir.',
  'error.print-expired.customer': 'Quer o talão impresso agora?',
  'error.print-not-printed.cashier': 'Indicou que este talão não saiu. Prima F5 para uma cópia marcada.',
  'error.print-not-printed.customer': 'Vou imprimir-lhe uma cópia.',
};
