package dev.afterbay.consumer.cost;

/**
 * One item of an estimate.
 *
 * @param item what is paid for
 * @param quantity in a month
 * @param unitPrice in US dollars
 * @param unit what that price is for
 * @param perMonth in US dollars
 * @param assumption where the quantity comes from
 * @param setting what makes it less
 */
public record Line(
    String item,
    double quantity,
    double unitPrice,
    String unit,
    double perMonth,
    String assumption,
    String setting) {}
